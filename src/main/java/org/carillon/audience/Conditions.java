package org.carillon.audience;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carillon.audience.Value.Amount;
import org.carillon.audience.Value.Text;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.FieldType;
import org.carillon.fact.SearchText;

/** Comparisons as SQL conditions; each is true or false, never null, where that matters to what excludes. */
final class Conditions {

    private static final Pattern ROW = Pattern.compile("\\bx\\.");

    /** Digits of a number without its area's. */
    private static final int LOCAL = 7;
    /** What is dialled before a number and is no part of it: to leave Europe, to leave North America (where a whole number follows, since 011 also begins numbers at home), and at home. */
    private static final Pattern DIALLED = Pattern.compile("^(?:00|011(?=\\d{10})|0)");

    private final FieldCatalogue catalogue;
    private final Collection<LocalDays> places;
    private final List<Zones.Zone> zones;
    private final Moment moment;
    private final Binder binder;

    Conditions(FieldCatalogue catalogue, Collection<LocalDays> places, List<Zones.Zone> zones, Moment moment, Binder binder) {
        this.catalogue = catalogue;
        this.places = places;
        this.zones = zones;
        this.moment = moment;
        this.binder = binder;
    }

    /** An expression over x, over another alias. */
    static String as(String alias, String sql) { return ROW.matcher(sql).replaceAll(alias + "."); }

    /** Which rows of a category count, over x. */
    String of(Category category, String among) { return binder.now(category.which() + (among.equals("true") ? "" : " and " + among), moment.now()); }

    /**
     * Alternatives about one field.
     *
     * @param alias of the object, of the customer, or null for what all objects give together
     * @param here  the zone of the object where it is known, else null
     */
    List<String> of(Field field, List<Comparison> comparisons, String alias, Zones.Zone here) {
        List<Comparison> dated = comparisons.stream().filter(c -> Zones.spans(c, catalogue)).toList();
        List<String> any = new ArrayList<>();
        if (!dated.isEmpty()) {
            any.add(dated(field, dated, alias, here));
        }
        comparisons.stream().filter(c -> !dated.contains(c)).map(c -> plain(field, c, alias)).forEach(any::add);
        return any;
    }

    /** Of rows x, those at the locations that a reader may see, as one more condition; null for all. */
    static String within(Category category, String seen) { return seen == null || category.isCustomer() ? "" : " and " + category.place() + " = any(" + seen + ")"; }

    /** Whether the field has an answer from objects that the reader may not see, beside what {@link #value} gives. */
    String hides(Field field, String alias, String seen) {
        Asked asked = field.asked();
        if (seen == null || alias != null && asked instanceof Asked.Own || asked instanceof Asked.Membership) {
            return "false";
        }
        String among = asked instanceof Asked.Count count ? count.among() : asked instanceof Asked.Extreme extreme ? extreme.among() : "true";
        return "exists (select from " + asked.category().rows() + " x where x.customer_id = c.id and " + of(asked.category(), among) + " and (" + asked.category().place() + " = any(" + seen + ")) is not true)";
    }

    /** What a field says, as text; null where nothing. Of objects of which any may answer, up to five. */
    String value(Field field, String alias, String seen) {
        Asked asked = field.asked();
        if (asked instanceof Asked.Membership) {
            return "null::text";
        }
        String rows = " from " + asked.category().rows() + " x where x.customer_id = c.id and ";
        String within = within(asked.category(), seen);
        if (asked instanceof Asked.Count count) {
            return "(select count(*)::text" + rows + of(count.category(), count.among()) + within + ")";
        }
        if (asked instanceof Asked.Extreme extreme) {
            return "(select extract(epoch from " + (extreme.latest() ? "max(" : "min(") + extreme.sql() + "))::text" + rows + of(extreme.category(), extreme.among()) + within + ")";
        }
        String value = ((Asked.Own) asked).sql().get(0);
        String text = field.type() == FieldType.INSTANT ? "extract(epoch from " + value + ")::text" : "(" + value + ")::text";
        return alias != null ? as(alias, text) : "(select string_agg(v, ', ') from (select " + text + " v" + rows + asked.category().which() + within + " order by x.id desc limit 5) w)";
    }

    private String dated(Field field, List<Comparison> comparisons, String alias, Zones.Zone here) {
        if (field.asked() instanceof Asked.Extreme extreme) {
            return extreme(extreme, comparisons);
        }
        String value = as(alias, ((Asked.Own) field.asked()).sql().get(0));
        return here != null ? ranges(value, union(here, comparisons)) : byPlace(value, as(alias, field.asked().category().place()), comparisons);
    }

    /** The aggregate picks its object by the instant first, then takes that object's zone (A-15c). */
    private String extreme(Asked.Extreme a, List<Comparison> comparisons) {
        String rows = "select from " + a.category().rows() + " x where x.customer_id = c.id and " + of(a.category(), a.among());
        List<? extends Span<?>> spans = union(zones.get(0), comparisons);
        if (zones.size() == 1 && spans.size() == 1) {
            Object beyond = a.latest() ? spans.get(0).to() : spans.get(0).from();
            String in = "exists (" + rows + " and " + ranges(a.sql(), spans) + ")";
            return beyond == null ? in : "(" + in + " and not exists (" + rows + " and " + a.sql() + (a.latest() ? " >= " : " < ") + binder.name(beyond) + "))";
        }
        String other = as("y", "select from " + a.category().rows() + " y where y.customer_id = c.id and " + of(a.category(), a.among()));
        String pair = "(" + a.sql() + ", x.id)";
        return "exists (" + rows + " and " + byPlace(a.sql(), a.category().place(), comparisons) + " and not exists (" + other + " and " + as("y", pair) + (a.latest() ? " > " : " < ") + pair + "))";
    }

    private String byPlace(String value, String location, List<Comparison> comparisons) {
        List<List<? extends Span<?>>> meanings = zones.stream().<List<? extends Span<?>>>map(z -> union(z, comparisons)).toList();
        if (meanings.stream().distinct().count() <= 1) {
            return ranges(value, meanings.get(0));
        }
        List<String> any = new ArrayList<>();
        for (int z = 0; z < zones.size(); z++) {
            any.add("(" + location + " = any(" + Binder.ids(zones.get(z).locations()) + ") and " + ranges(value, meanings.get(z)) + ")");
        }
        return "(" + String.join(" or ", any) + ")";
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the spans of one field are all of its type
    private static List<? extends Span<?>> union(Zones.Zone zone, List<Comparison> comparisons) {
        List spans = comparisons.stream().flatMap(c -> zone.spans().get(c).stream()).toList();
        return Span.union(spans);
    }

    private String ranges(String value, List<? extends Span<?>> spans) {
        if (spans.isEmpty()) {
            return "false";
        }
        String any = spans.stream().map(s -> s.from() == null && s.to() == null ? value + " is not null" : s.from() == null ? value + " < " + binder.name(s.to())
            : value + " >= " + binder.name(s.from()) + (s.to() == null ? "" : " and " + value + " < " + binder.name(s.to()))).collect(Collectors.joining(" or "));
        return spans.size() == 1 && spans.get(0).from() != null && spans.get(0).to() != null || spans.size() > 1 ? "(" + any + ")" : any;
    }

    private String plain(Field field, Comparison c, String alias) {
        if (field.asked() instanceof Asked.Count count) {
            return count(count, c.operator(), ((Amount) c.value()).amount());
        }
        if (field.asked() instanceof Asked.Extreme extreme) {
            return (c.operator() == Operator.DOES_NOT_EXIST ? "not " : "") + "exists (select from " + extreme.category().rows() + " x where x.customer_id = c.id and "
                + of(extreme.category(), extreme.among()) + ")";
        }
        if (field.asked() instanceof InGroup groups) {
            return member(groups.group(((Text) c.value()).text()).orElseThrow(), c.operator());
        }
        List<String> values = ((Asked.Own) field.asked()).sql().stream().map(sql -> as(alias, sql)).toList();
        if (field.type() == FieldType.PHONE && c.value() instanceof Text text) {
            return phone(values.get(0), c.operator(), text.text(), alias);
        }
        return switch (c.operator()) {
            case IS -> any(values, v -> "fold(" + v + ") = " + text(c));
            case CONTAINS -> any(values, v -> "fold(" + v + ") like " + pattern(c));
            // of an object that is not there nothing is true, whatever is asked (A-15a)
            case IS_NOT -> present(alias, all(values, v -> "fold(" + v + ") is distinct from " + text(c)));
            case DOES_NOT_CONTAIN -> present(alias, all(values, v -> "fold(" + v + ") like " + pattern(c) + " is not true"));
            case IS_UNKNOWN -> present(alias, all(values, v -> !words(field) ? v + " is null" : "coalesce(btrim(" + v + "), '') = ''"));
            default -> values.get(0) + sign(c.operator()) + binder.name(((Amount) c.value()).amount());
        };
    }

    /** The entry of the value that answers, of several the first; null where none does. */
    String entry(Field field, Comparison c, String alias) {
        Asked.Own own = (Asked.Own) field.asked();
        if (own.entries().size() == 1) {
            return as(alias, own.entries().get(0));
        }
        StringBuilder cases = new StringBuilder("case");
        for (int i = 0; i < own.entries().size(); i++) {
            Field alone = new Field(field.code(), field.type(), null, null, new Asked.Own(own.category(), own.sql().get(i)));
            cases.append(" when ").append(plain(alone, c, alias)).append(" then ").append(as(alias, own.entries().get(i)));
        }
        return cases.append(" end").toString();
    }

    /** Of numbers one after the other, by their digits: as they are written, however they were typed. What has no digits is in none. */
    private String phone(String numbers, Operator operator, String typed, String alias) {
        // +33 (0)6: that zero is dialled at home only
        String digits = typed.replaceAll("\\(\\s*0\\s*\\)|\\D", "");
        boolean whole = operator == Operator.IS || operator == Operator.IS_NOT;
        String bare = digits.length() > LOCAL ? DIALLED.matcher(digits).replaceFirst("") : digits;
        String pattern = digits.isEmpty() ? "x" : whole ? "(^|,)[0-9]{0,3}" + bare + "(,|$)" : bare.equals(digits) ? digits : "(" + digits + "|" + bare + ")";
        String holds = "regexp_replace(" + numbers + ", '[^0-9,]', '', 'g') ~ " + binder.name(pattern);
        return operator == Operator.IS || operator == Operator.CONTAINS ? holds : present(alias, "(" + holds + ") is not true");
    }

    /** The group's own rules in place, about customers of the whole company: who is asked decides whom of them one sees. */
    private String member(CustomerGroup group, Operator operator) {
        StringBuilder all = new StringBuilder("select gm.customer_id from customer_group_member gm where gm.group_id = " + group.id() + " and gm.side = 'IN'");
        if (group.audience() != null) {
            Set<Long> everywhere = places.stream().map(LocalDays::location).collect(Collectors.toSet());
            for (Statement rules : AudienceQuery.compile(group.audience(), catalogue, places, everywhere, moment, binder.nested())) {
                binder.include(rules.values());
                all.append(" union all select gr.customer_id from (").append(rules.sql()).append(") gr");
            }
        }
        return (operator == Operator.IS_NOT ? "not " : "") + "exists (select from (" + all + ") gs where gs.customer_id = c.id and not exists (select from customer_group_member gx where gx.group_id = "
            + group.id() + " and gx.side = 'OUT' and gx.customer_id = gs.customer_id))";
    }

    private static boolean words(Field field) {
        return switch (field.type()) { case TEXT, CODE, PHONE -> true; default -> false; };
    }

    private static String any(List<String> values, Function<String, String> one) {
        return values.size() == 1 ? one.apply(values.get(0)) : values.stream().map(one).collect(Collectors.joining(" or ", "(", ")"));
    }

    private static String all(List<String> values, Function<String, String> one) { return values.stream().map(one).collect(Collectors.joining(" and ")); }

    private static String present(String alias, String condition) { return "(" + alias + ".id is not null and " + condition + ")"; }

    private String text(Comparison c) { return binder.name(SearchText.of(((Text) c.value()).text())); }

    private String pattern(Comparison c) { return binder.name(SearchText.pattern(((Text) c.value()).text())); }

    private static String sign(Operator operator) {
        return switch (operator) {
            case EQUAL -> " = ";
            case MORE_OR_EQUAL -> " >= ";
            case LESS_OR_EQUAL -> " <= ";
            case MORE_THAN -> " > ";
            case LESS_THAN -> " < ";
            default -> throw new IllegalArgumentException("not an operator of amounts: " + operator);
        };
    }

    /** None and some are looked up; only a number in between is counted. */
    private String count(Asked.Count a, Operator operator, BigDecimal number) {
        String rows = "from " + a.category().rows() + " x where x.customer_id = c.id and " + of(a.category(), a.among());
        boolean zero = number.signum() == 0;
        if (zero && operator == Operator.MORE_OR_EQUAL) {
            return "true";
        }
        if (zero || number.compareTo(BigDecimal.ONE) == 0 && operator == Operator.MORE_OR_EQUAL) {
            return (zero ? "not " : "") + "exists (select " + rows + ")";
        }
        return "(select count(*) " + rows + ")" + sign(operator) + number.longValueExact();
    }
}
