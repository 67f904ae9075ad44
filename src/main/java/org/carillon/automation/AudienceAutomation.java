package org.carillon.automation;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.carillon.audience.Audience;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.shop.Scope;
import org.carillon.template.Translation;

/**
 * An automation with an audience, as it stands. A draft may lack its audience, schedule, channels, texts and locations.
 *
 * @param templateId  of the text that is its own
 * @param activeSince since when it is switched on; null where it is not
 */
public record AudienceAutomation(long id, int version, int rev, String ref, String name, AutomationState state, Kind kind, Audience audience, Schedule schedule, boolean everywhere,
                                 Set<Long> locations, Set<Channel> channels, Long templateId, Purpose purpose, Map<String, Translation> translations, boolean dropPastMidnight,
                                 Instant activeSince) {

    public boolean marketing() { return purpose == Purpose.MARKETING; }

    public Trigger trigger() { return new Trigger.OnAudience(audience, schedule); }

    /** said to be one message to a person a day, whatever the number of objects; what its rules are about may make it so, too. */
    public boolean oncePerPersonAndDay() { return marketing() || kind == Kind.REVIEW; }

    public boolean visible(Scope scope) { return scope.all() || everywhere || locations.stream().anyMatch(scope::allows); }

    /** Whether somebody with this scope may change it: all of its locations are theirs. */
    public boolean editable(Scope scope) { return scope.all() || !everywhere && locations.stream().allMatch(scope::allows); }

    public Revision revision(boolean deleted) { return new Revision(id, everywhere ? Set.of() : locations, state, deleted, rev); }

    public AudienceDraft draft() {
        return new AudienceDraft(id, version, name, kind, audience, schedule, everywhere, locations, channels, marketing(), translations, dropPastMidnight);
    }
}
