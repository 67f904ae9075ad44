package org.carillon.automation;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.audience.Audience;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.shop.Scope;
import org.carillon.template.Translation;

/**
 * An automation with an audience as the wizard states it; what is not there yet is null or empty.
 *
 * @param id           null for a new one
 * @param version      the one that the page showed, null where none was shown
 * @param everywhere   at every location, those to come too; then {@code locations} is empty
 * @param marketing    its messages are offers
 * @param translations by language ({@code fr}, {@code en})
 * @param dropPastMidnight a message that would wait for another day is not sent
 */
public record AudienceDraft(Long id, Integer version, String name, Kind kind, Audience audience, Schedule schedule, boolean everywhere, Set<Long> locations, Set<Channel> channels,
                            boolean marketing, Map<String, Translation> translations, boolean dropPastMidnight) {

    public AudienceDraft {
        locations = Set.copyOf(locations);
        channels = Set.copyOf(channels);
        translations = Map.copyOf(translations);
    }

    /** What its messages are before the law. */
    public Purpose purpose() { return marketing ? Purpose.MARKETING : kind == Kind.APPOINTMENT ? Purpose.REMINDER : Purpose.TRANSACTIONAL; }

    /** Of the locations that it means, those in a scope. */
    public Scope within(Scope scope) { return everywhere ? scope : Scope.of(locations.stream().filter(scope::allows).collect(Collectors.toSet())); }

    /** Whether it is the same in all that it says, whichever version was shown. */
    public boolean says(AudienceDraft other) {
        return new AudienceDraft(other.id, other.version, name, kind, audience, schedule, everywhere, locations, channels, marketing, translations, dropPastMidnight).equals(other);
    }

    /**
     * Whether it means the same people in the same way, so that what it found stays: only its name or words differ, or the time at which it looks next. In
     * real time the schedule says when a message may leave, too.
     */
    public boolean finds(AudienceDraft other) {
        boolean looks = schedule != null && other.schedule != null && !(schedule instanceof Schedule.RealTime) && !(other.schedule instanceof Schedule.RealTime);
        return says(new AudienceDraft(other.id, other.version, name, other.kind, other.audience, looks ? schedule : other.schedule, other.everywhere, other.locations, other.channels, other.marketing, translations,
            other.dropPastMidnight));
    }
}
