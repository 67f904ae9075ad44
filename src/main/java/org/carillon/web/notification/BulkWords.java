package org.carillon.web.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.automation.BulkOutcome;
import org.carillon.automation.BulkOutcome.Named;
import org.carillon.automation.BulkOutcome.Refusal;
import org.carillon.web.Current;
import org.carillon.web.Texts;

/** What came of a bulk edit, in words. */
@ApplicationScoped
public class BulkWords {

    /** So many names stand under one reason, those that are called alike once; the others are counted. */
    private static final int NAMED = 12;

    /** A reason with those that it kept as they are; {@code more} counts those that are not named. */
    public record Group(String reason, List<String> names, int more) { }

    private final Texts texts;
    private final Current current;

    protected BulkWords() { this(null, null); }

    @Inject
    public BulkWords(Texts texts, Current current) {
        this.texts = texts;
        this.current = current;
    }

    public String summary(BulkOutcome outcome, boolean undone) {
        if (outcome == null) {
            return "";
        }
        String done = texts.say("notification", undone ? "bulk.undone" : "bulk.done." + outcome.kind(), outcome.changed());
        String was = "COPY".equals(outcome.kind()) ? "bulk.there" : "bulk.same";
        String same = outcome.same() == 0 ? "" : " " + texts.say("notification", was, outcome.same());
        return done + same + (outcome.refused().isEmpty() ? "" : " " + texts.say("notification", "bulk.refused", outcome.refused().size()));
    }

    public List<Group> groups(List<Refusal> refused) {
        Map<String, List<Refusal>> byReason = new LinkedHashMap<>();
        refused.forEach(r -> byReason.computeIfAbsent(texts.say("invalid", r.key(), r.arguments().toArray()), reason -> new ArrayList<>()).add(r));
        return byReason.entrySet().stream().map(e -> {
            Map<String, Integer> alike = new LinkedHashMap<>();
            e.getValue().stream().filter(r -> r.what() != null).forEach(r -> alike.merge(name(r.what()), 1, Integer::sum));
            List<String> names = alike.entrySet().stream().limit(NAMED).map(n -> n.getValue() == 1 ? n.getKey() : n.getKey() + " × " + n.getValue()).toList();
            return new Group(e.getKey(), names, e.getValue().size() - alike.values().stream().limit(NAMED).mapToInt(Integer::intValue).sum());
        }).toList();
    }

    private String name(Named what) {
        String trigger = what.reminder() ? texts.say("notification", "before." + what.unit(), what.delay())
            : what.statusName(current.getLanguage()) == null ? texts.say("notification", "event." + what.event())
            : texts.say("notification", "event.reached") + " → " + what.statusName(current.getLanguage());
        return what.location() == null || current.getPlaces().size() < 2 ? trigger : trigger + " (" + what.location() + ")";
    }
}
