package org.carillon.audience;

import java.util.List;
import java.util.stream.Stream;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.InDays;
import org.carillon.audience.Value.InOpenDays;
import org.carillon.audience.Value.OpenDaysAgo;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Subject;

/**
 * Who is meant: every group must hold, and of a group any comparison. Those that speak of single objects of one category speak of the same
 * object; a message is about the object of the target category.
 *
 * @param target category code of the objects that messages are about; null takes the first one that the rules name
 */
public record Audience(List<List<Comparison>> groups, String target) {

    public Audience {
        groups = groups.stream().map(List::copyOf).toList();
    }

    public static Audience of(List<List<Comparison>> groups) { return new Audience(groups, null); }

    /** What messages are about, CUSTOMER where the rules name no object that one could be about; only of rules that {@link Judge} takes. */
    public Subject.Type subject(FieldCatalogue catalogue) {
        Target target = Target.of(this, catalogue);
        return target instanceof Target.Objects objects ? objects.category().subject() : target instanceof Target.Giver giver ? giver.aggregate().category().subject() : Subject.Type.CUSTOMER;
    }

    /** Whether midnight alone may change whom it means; a group may have such rules. */
    public boolean countsDays() {
        return comparisons().anyMatch(c -> c.value() instanceof DaysAgo || c.value() instanceof OpenDaysAgo || c.value() instanceof InDays || c.value() instanceof InOpenDays
            || c.field().equals(CustomerGroups.FIELD));
    }

    public Stream<Comparison> comparisons() { return groups.stream().flatMap(List::stream); }
}
