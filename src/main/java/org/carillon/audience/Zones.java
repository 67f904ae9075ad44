package org.carillon.audience;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.FieldType;

/** Locations at which the rules mean the same stretches of time: those of one zone, and of like opening days where the rules count these. */
final class Zones {

    /** @param spans what each comparison with time means at these locations */
    record Zone(List<Long> locations, Map<Comparison, List<? extends Span<?>>> spans) {

        List<Long> in(Set<Long> scope) { return locations.stream().filter(scope::contains).toList(); }
    }

    private Zones() { }

    static List<Zone> of(Audience audience, FieldCatalogue catalogue, Collection<LocalDays> places, Moment moment) {
        List<Comparison> dated = audience.comparisons().filter(c -> spans(c, catalogue)).distinct().toList();
        Map<Map<Comparison, List<? extends Span<?>>>, List<Long>> alike = new LinkedHashMap<>();
        for (LocalDays place : places) {
            Map<Comparison, List<? extends Span<?>>> spans = new LinkedHashMap<>();
            dated.forEach(c -> spans.put(c, catalogue.asked(c.field()).type() == FieldType.DATE ? Span.days(c.operator(), c.value(), place, moment)
                : Span.instants(c.operator(), c.value(), place, moment)));
            alike.computeIfAbsent(spans, s -> new ArrayList<>()).add(place.location());
        }
        return alike.entrySet().stream().map(e -> new Zone(e.getValue(), e.getKey())).toList();
    }

    /** Whether it lies on the calendar, and asks for more than presence. */
    static boolean spans(Comparison c, FieldCatalogue catalogue) {
        Field field = catalogue.asked(c.field());
        return Grammar.dated(field) && !(c.value() instanceof Value.None);
    }
}
