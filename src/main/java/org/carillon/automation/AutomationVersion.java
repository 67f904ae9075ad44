package org.carillon.automation;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.carillon.template.TextChange;

/**
 * An automation with an audience as it stood after one act (B-45).
 *
 * @param number       1 is the first
 * @param restoredFrom the number whose state came back, null for other acts
 * @param at           null for what was found when versions began to be kept
 * @param actor        name of who did it, empty where nobody knows
 * @param said         without the id and version of the one that stands
 */
public record AutomationVersion(int number, Act act, Integer restoredFrom, Instant at, String actor, AutomationState state, AudienceDraft said) {

    /** FOUND: made before versions were kept. */
    public enum Act { FOUND, CREATED, CHANGED, RESTORED, ACTIVATED, PAUSED, DELETED }

    public enum Part { NAME, KIND, PLACES, RULES, SCHEDULE, PAST_MIDNIGHT, CHANNELS, MARKETING, SMS, SUBJECT, BODY }

    /** One thing that differs from the version before. @param language empty where it is of none */
    public record Change(Part part, String language) implements Serializable { }

    /** What differs from the version before, in the order of the wizard; of the first version (null before it) its texts, as they have nothing to be compared with. */
    public List<Change> changesFrom(AutomationVersion before) {
        List<Change> changes = new ArrayList<>();
        if (before != null) {
            AudienceDraft then = before.said;
            add(changes, Part.NAME, "", then.name(), said.name());
            add(changes, Part.KIND, "", then.kind(), said.kind());
            add(changes, Part.PLACES, "", List.of(then.everywhere(), then.locations()), List.of(said.everywhere(), said.locations()));
            add(changes, Part.RULES, "", then.audience(), said.audience());
            add(changes, Part.SCHEDULE, "", then.schedule(), said.schedule());
            add(changes, Part.PAST_MIDNIGHT, "", then.dropPastMidnight(), said.dropPastMidnight());
            add(changes, Part.CHANNELS, "", then.channels(), said.channels());
            add(changes, Part.MARKETING, "", then.marketing(), said.marketing());
        }
        TextChange.between(before == null ? Map.of() : before.said.translations(), said.translations()).forEach(t -> changes.add(new Change(Part.valueOf(t.part().name()), t.language())));
        return List.copyOf(changes);
    }

    private static void add(List<Change> changes, Part part, String language, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            changes.add(new Change(part, language));
        }
    }
}
