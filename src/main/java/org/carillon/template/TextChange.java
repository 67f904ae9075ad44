package org.carillon.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** One text that differs between two versions of what is said. */
public record TextChange(Part part, String language, String before, String after) {

    public enum Part { SMS, SUBJECT, BODY }

    /** By language, French first as everywhere, in the order of a form; a language that one of them lacks is empty there. */
    public static List<TextChange> between(Map<String, Translation> before, Map<String, Translation> after) {
        List<TextChange> changes = new ArrayList<>();
        Translation none = Translation.of("", "", "");
        TreeSet<String> languages = new TreeSet<>(before.keySet());
        languages.addAll(after.keySet());
        languages.descendingSet().forEach(language -> {
            Translation old = before.getOrDefault(language, none);
            Translation now = after.getOrDefault(language, none);
            changes.add(new TextChange(Part.SMS, language, old.sms(), now.sms()));
            changes.add(new TextChange(Part.SUBJECT, language, old.subject(), now.subject()));
            changes.add(new TextChange(Part.BODY, language, old.body(), now.body()));
        });
        changes.removeIf(change -> change.before().equals(change.after()));
        return List.copyOf(changes);
    }
}
