package org.carillon.audience;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.carillon.audience.Value.Amount;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.InDays;
import org.carillon.audience.Value.InOpenDays;
import org.carillon.audience.Value.MinutesAgo;
import org.carillon.audience.Value.OpenDaysAgo;
import org.carillon.audience.Value.Text;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.FieldType;
import org.carillon.fact.Invalid;
import org.carillon.fact.SearchText;

/** Says of an audience, by the place in it, what cannot be asked. Pure. */
public final class Judge {

    /** Of groups, and of comparisons in a group. */
    static final int MOST = 100;
    private static final String CYCLE = "audience.groupCycle";
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_DAYS = 36_500;
    private static final int MOST_OPEN_DAYS = 60;
    private static final int MOST_MINUTES = 525_600;

    private Judge() { }

    /** @return empty where all is well; each names its place as {@code groups[0][1].value} */
    public static List<Invalid> of(Audience audience, FieldCatalogue catalogue) { return of(audience, catalogue, Set.of()); }

    /** @param within references of the groups whose rules these are, from outside in: none of them may be asked for */
    static List<Invalid> of(Audience audience, FieldCatalogue catalogue, Set<String> within) {
        if (audience.comparisons().findAny().isEmpty()) {
            return List.of(new Invalid("groups", "audience.empty"));
        }
        List<Invalid> found = new ArrayList<>();
        if (audience.groups().size() > MOST) {
            found.add(new Invalid("groups", "list.long", MOST));
        }
        for (int g = 0; g < audience.groups().size(); g++) {
            List<Comparison> group = audience.groups().get(g);
            if (group.isEmpty() || group.size() > MOST) {
                found.add(group.isEmpty() ? new Invalid("groups[" + g + "]", "audience.emptyRule") : new Invalid("groups[" + g + "]", "list.long", MOST));
            }
            for (int c = 0; c < group.size(); c++) {
                comparison("groups[" + g + "][" + c + "]", group.get(c), catalogue, within, found);
            }
        }
        if (found.isEmpty() && audience.target() != null && audience.comparisons().noneMatch(c -> catalogue.asked(c.field()).asked().category().code().equals(audience.target()))) {
            found.add(new Invalid("target", "audience.target", audience.target()));
        }
        return found;
    }

    private static void comparison(String place, Comparison c, FieldCatalogue catalogue, Set<String> within, List<Invalid> found) {
        Field field = catalogue.asked(c.field());
        if (field == null) {
            found.add(c.field() == null || c.field().isBlank() ? new Invalid(place + ".field", "audience.choose") : new Invalid(place + ".field", "audience.field", c.field()));
        } else if (!Grammar.takes(field, c.operator(), c.value())) {
            found.add(new Invalid(place + ".operator", "audience.operator", field.code(), c.operator().code()));
        } else if (!sound(field, c.value())) {
            found.add(new Invalid(place + ".value", problem(c.value()), field.code()));
        } else if (field.asked() instanceof InGroup groups) {
            member(place + ".value", groups, ((Text) c.value()).text(), catalogue, within, found);
        }
    }

    private static void member(String place, InGroup groups, String ref, FieldCatalogue catalogue, Set<String> within, List<Invalid> found) {
        CustomerGroup group = groups.group(ref).orElse(null);
        if (group == null) {
            found.add(new Invalid(place, "audience.group", ref));
        } else if (within.contains(group.ref())) {
            found.add(new Invalid(place, CYCLE, group.name()));
        } else if (group.audience() != null) {
            Set<String> deeper = new HashSet<>(within);
            deeper.add(group.ref());
            List<Invalid> wrong = of(group.audience(), catalogue, deeper);
            wrong.stream().limit(1).forEach(w -> found.add(new Invalid(place, wrong.stream().anyMatch(x -> x.key().equals(CYCLE)) ? CYCLE : "audience.groupBroken", group.name())));
        }
    }

    private static boolean sound(Field field, Value value) {
        if (value instanceof Text text) {
            return text.text() != null && !SearchText.of(text.text()).isEmpty() && text.text().length() <= LONGEST_TEXT;
        }
        if (value instanceof Amount amount) {
            boolean whole = amount.amount() != null && amount.amount().stripTrailingZeros().scale() <= 0;
            return amount.amount() != null && amount.amount().precision() <= 30 && Math.abs(amount.amount().scale()) <= 15
                && (field.type() != FieldType.COUNT || whole && amount.amount().signum() >= 0 && amount.amount().compareTo(BigDecimal.valueOf(1_000_000)) <= 0);
        }
        return value instanceof DaysAgo d ? within(d.days(), MOST_DAYS) : value instanceof InDays d ? within(d.days(), MOST_DAYS)
            : value instanceof OpenDaysAgo d ? within(d.days(), MOST_OPEN_DAYS) : value instanceof InOpenDays d ? within(d.days(), MOST_OPEN_DAYS) : !(value instanceof MinutesAgo m) || within(m.minutes(), MOST_MINUTES);
    }

    private static boolean within(int number, int most) { return number >= 0 && number <= most; }

    private static String problem(Value value) {
        return value instanceof Text ? "audience.text" : value instanceof Amount ? "audience.amount" : value instanceof OpenDaysAgo || value instanceof InOpenDays ? "audience.openDays"
            : value instanceof MinutesAgo ? "audience.minutes" : "audience.days";
    }
}
