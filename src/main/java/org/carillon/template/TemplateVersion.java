package org.carillon.template;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.carillon.fact.Purpose;

/**
 * A template as it stood after one act.
 *
 * @param number       1 is the first
 * @param restoredFrom the number whose state came back, null for other acts
 * @param at           null for what was found when versions began to be kept
 * @param actor        name of who did it, empty where nobody knows
 */
public record TemplateVersion(int number, Act act, Integer restoredFrom, String name, Purpose purpose, Map<String, Translation> translations, Instant at,
                              String actor) {

    /** FOUND: written before versions were kept. APPROVED: a second person let a text that reads like an offer be none (LAW-01). */
    public enum Act { FOUND, CREATED, CHANGED, RESTORED, DELETED, APPROVED }

    public enum Part { NAME, PURPOSE, SMS, SUBJECT, BODY }

    /**
     * One thing that differs from the version before.
     *
     * @param language empty for name and purpose
     */
    public record Change(Part part, String language, String before, String after) implements Serializable { }

    /** What differs from the version before, null for the first: by language, in the order of a form. */
    public List<Change> changesFrom(TemplateVersion before) {
        List<Change> changes = new ArrayList<>();
        if (before != null) {
            add(changes, Part.NAME, "", before.name, name);
            add(changes, Part.PURPOSE, "", before.purpose.name(), purpose.name());
        }
        TextChange.between(before == null ? Map.of() : before.translations, translations).forEach(t -> changes.add(new Change(Part.valueOf(t.part().name()), t.language(), t.before(), t.after())));
        return List.copyOf(changes);
    }

    private static void add(List<Change> changes, Part part, String language, String before, String after) {
        if (!Objects.equals(before, after)) {
            changes.add(new Change(part, language, before, after));
        }
    }

    /** Whether it says the same as another one, whatever act brought it. */
    public boolean equalsInWords(TemplateVersion other) {
        return name.equals(other.name) && purpose == other.purpose && translations.equals(other.translations);
    }
}
