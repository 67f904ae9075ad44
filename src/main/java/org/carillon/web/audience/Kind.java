package org.carillon.web.audience;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import org.carillon.audience.Value;

/** The forms of a rule's value, as an editor has them typed. What cannot be read becomes a value that is refused at its place. */
enum Kind {
    DAYS_AGO(Value.DaysAgo.class), OPEN_DAYS_AGO(Value.OpenDaysAgo.class), IN_DAYS(Value.InDays.class), IN_OPEN_DAYS(Value.InOpenDays.class), MINUTES_AGO(Value.MinutesAgo.class),
    AMOUNT(Value.Amount.class), TEXT(Value.Text.class), NONE(Value.None.class);

    private static final int UNREAD = -1;
    private final Class<? extends Value> type;

    Kind(Class<? extends Value> type) { this.type = type; }

    static Kind of(Class<? extends Value> type) { return Arrays.stream(values()).filter(k -> k.type.equals(type)).findFirst().orElseThrow(); }

    boolean counted() { return compareTo(AMOUNT) < 0; }

    Value value(String typed) {
        String text = Objects.toString(typed, "").strip();
        return switch (this) {
            case DAYS_AGO -> new Value.DaysAgo(whole(text));
            case OPEN_DAYS_AGO -> new Value.OpenDaysAgo(whole(text));
            case IN_DAYS -> new Value.InDays(whole(text));
            case IN_OPEN_DAYS -> new Value.InOpenDays(whole(text));
            case MINUTES_AGO -> new Value.MinutesAgo(whole(text));
            case AMOUNT -> new Value.Amount(number(text));
            case TEXT -> new Value.Text(text);
            case NONE -> Value.NONE;
        };
    }

    /** As it stands in its field; numbers with the reader's comma are read again, so a plain point will do. */
    static String typed(Value value) {
        int count = value instanceof Value.DaysAgo d ? d.days() : value instanceof Value.OpenDaysAgo d ? d.days() : value instanceof Value.InDays d ? d.days()
            : value instanceof Value.InOpenDays d ? d.days() : value instanceof Value.MinutesAgo m ? m.minutes() : UNREAD;
        return count != UNREAD ? Integer.toString(count) : value instanceof Value.Text text ? Objects.toString(text.text(), "")
            : value instanceof Value.Amount amount && amount.amount() != null ? amount.amount().toPlainString() : "";
    }

    private static int whole(String text) { return text.matches("\\d{1,9}") ? Integer.parseInt(text) : UNREAD; }

    private static BigDecimal number(String text) {
        String plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(',', '.');
        return plain.matches("-?\\d{1,30}(\\.\\d{1,15})?") ? new BigDecimal(plain) : null;
    }
}
