package org.carillon.audience;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.InDays;
import org.carillon.audience.Value.InOpenDays;
import org.carillon.audience.Value.MinutesAgo;
import org.carillon.audience.Value.OpenDaysAgo;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;
import org.carillon.fact.EventType;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.FieldType;

/**
 * What somebody asked to record without messages ({@code "notify": false}) is no news: rules that speak of it within {@link #NEWS_HOURS} reach nobody by it
 * (src/adr/0039). Rules that look further back speak of time that has passed, and those that only look ahead of what is to come; they mean it all the same.
 */
public final class Silence {

    /** 31 days of elapsed time, since a bound of a month needs no zone. */
    private static final int NEWS_HOURS = 744;

    /** Of what is nobody's news. */
    static final String NONE = "null::timestamptz said, null::text[] heard, false state";

    private static final String SINCE = ":asked::timestamptz - interval '" + NEWS_HOURS + " hours'";
    /** Whether there is any of late, asked once; as a rule there is none, and nothing else is looked up. */
    private static final String ANY = "(select exists (select from business_event h where h.hushed and h.at > " + SINCE + "))";

    private Silence() { }

    /**
     * Whether a match of a {@link Statement} is no news, at the moment {@code :asked}. Of an instant the first event that can have told it counts, of a state the last.
     *
     * @param m alias of the match
     */
    public static String of(String m) {
        return """
            (%2$s and (%1$s.said is null or %1$s.said > %3$s) and exists (select from business_event b
              where b.hushed and b.at > %3$s and b.subject_type = %1$s.subject_type and b.subject_id = %1$s.subject_id and b.type = any(%1$s.heard) and (%1$s.said is null or b.at >= %1$s.said)
                and not exists (select from business_event l where not l.hushed and l.subject_type = %1$s.subject_type and l.subject_id = %1$s.subject_id and l.type = any(%1$s.heard)
                  and case when %1$s.state then l.id > b.id else l.at >= %1$s.said and l.id < b.id end)))""".formatted(m, ANY, SINCE);
    }

    /** The instant of which the rules speak, if any, the events by which one hears of what they say, and whether that is a state. */
    static String columns(Audience audience, FieldCatalogue catalogue, Category target, String alias) {
        List<Comparison> own = audience.comparisons().filter(c -> heard(catalogue, c) != null && catalogue.asked(c.field()).asked().category().equals(target)).toList();
        List<Comparison> past = own.stream().filter(c -> c.value() instanceof DaysAgo || c.value() instanceof OpenDaysAgo || c.value() instanceof MinutesAgo).toList();
        // what changes, such as a status; a reference, which does not, only where nothing else is said
        List<Comparison> states = own.stream().filter(c -> !Zones.spans(c, catalogue) && c.operator() != Operator.IS_NOT && c.operator() != Operator.DOES_NOT_CONTAIN && heard(catalogue, c).size() > 1).toList();
        if (past.isEmpty() && own.stream().anyMatch(c -> c.value() instanceof InDays || c.value() instanceof InOpenDays)) {
            return NONE;
        }
        Set<EventType> heard = (states.isEmpty() ? past : states).stream().flatMap(c -> heard(catalogue, c).stream()).collect(Collectors.toCollection(TreeSet::new));
        String said = past.stream().map(c -> Conditions.as(alias, instant(catalogue.asked(c.field())))).distinct().collect(Collectors.joining(", "));
        return (said.isEmpty() ? "null::timestamptz" : "greatest(" + said + ")") + " said, array[" + (heard.isEmpty() ? EventType.first(target.subject()) : heard).stream().map(type -> "'" + type + "'")
            .collect(Collectors.joining(", ")) + "]::text[] heard, " + (past.isEmpty() || !states.isEmpty()) + " state";
    }

    private static Set<EventType> heard(FieldCatalogue catalogue, Comparison c) {
        Asked asked = catalogue.asked(c.field()).asked();
        return asked instanceof Asked.Own own ? own.heard() : asked instanceof Asked.Extreme extreme ? extreme.heard() : null;
    }

    /** A day counts from the one before it in UTC: no zone is ahead of it by more, and a day more or less changes nothing here. */
    private static String instant(Field field) {
        String value = field.asked() instanceof Asked.Extreme extreme ? extreme.sql() : ((Asked.Own) field.asked()).sql().get(0);
        return field.type() == FieldType.DATE ? "to_timestamp(((" + value + ") - date '1970-01-02') * 86400.0)" : value;
    }
}
