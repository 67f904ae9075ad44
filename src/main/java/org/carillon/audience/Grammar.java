package org.carillon.audience;

import java.util.ArrayList;
import java.util.List;
import org.carillon.audience.Value.Amount;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.InDays;
import org.carillon.audience.Value.InOpenDays;
import org.carillon.audience.Value.MinutesAgo;
import org.carillon.audience.Value.None;
import org.carillon.audience.Value.OpenDaysAgo;
import org.carillon.audience.Value.Text;
import org.carillon.fact.Asked;
import org.carillon.fact.Field;
import org.carillon.fact.FieldType;

/** Which operators a field takes and with what kind of value (features.md 1.4.3): what the editor offers is what is accepted. */
public final class Grammar {

    /** An operator with a kind of value. */
    public record Form(Operator operator, Class<? extends Value> value) {

        static List<Form> with(Class<? extends Value> value, Operator... operators) {
            List<Form> forms = new ArrayList<>();
            for (Operator operator : operators) {
                forms.add(new Form(operator, value));
            }
            return forms;
        }
    }

    private static final List<Form> DAYS = join(Form.with(DaysAgo.class, Operator.EXACTLY, Operator.LESS_OR_EQUAL, Operator.MORE_THAN),
        Form.with(OpenDaysAgo.class, Operator.EXACTLY, Operator.LESS_OR_EQUAL, Operator.MORE_THAN), Form.with(InDays.class, Operator.IN, Operator.IN_MORE_THAN),
        Form.with(InOpenDays.class, Operator.IN));
    private static final List<Form> MINUTES = Form.with(MinutesAgo.class, Operator.LESS_THAN, Operator.LESS_OR_EQUAL, Operator.MORE_OR_EQUAL, Operator.MORE_THAN);
    private static final List<Form> WORDS = Form.with(Text.class, Operator.IS, Operator.IS_NOT, Operator.CONTAINS, Operator.DOES_NOT_CONTAIN);
    private static final List<Form> MEMBERSHIP = Form.with(Text.class, Operator.IS, Operator.IS_NOT);
    private static final List<Form> AMOUNTS = Form.with(Amount.class, Operator.EQUAL, Operator.MORE_OR_EQUAL, Operator.LESS_OR_EQUAL, Operator.MORE_THAN, Operator.LESS_THAN);
    private static final List<Form> COUNTS = Form.with(Amount.class, Operator.EQUAL, Operator.MORE_OR_EQUAL, Operator.LESS_OR_EQUAL);
    private static final List<Form> UNKNOWN = Form.with(None.class, Operator.IS_UNKNOWN);
    private static final List<Form> PRESENCE = Form.with(None.class, Operator.EXISTS, Operator.DOES_NOT_EXIST);

    private Grammar() { }

    /** In the order in which an editor offers them. */
    public static List<Form> of(Field field) {
        if (field.asked() instanceof Asked.Membership) {
            return MEMBERSHIP;
        }
        List<Form> presence = field.asked() instanceof Asked.Extreme ? PRESENCE : UNKNOWN;
        return switch (field.type()) {
            case INSTANT -> join(DAYS, MINUTES, presence);
            case DATE -> join(DAYS, presence);
            case TEXT, CODE, PHONE -> join(WORDS, presence);
            case MONEY, NUMBER -> join(AMOUNTS, presence);
            case COUNT -> COUNTS;
            case TIME -> List.of();
        };
    }

    static boolean takes(Field field, Operator operator, Value value) { return of(field).contains(new Form(operator, value.getClass())); }

    /** Whether the field lies on the calendar, so that a comparison with it is a {@link Span}. */
    static boolean dated(Field field) { return field.type() == FieldType.INSTANT || field.type() == FieldType.DATE; }

    @SafeVarargs
    private static List<Form> join(List<Form>... parts) {
        List<Form> all = new ArrayList<>();
        for (List<Form> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }
}
