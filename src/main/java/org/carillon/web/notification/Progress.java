package org.carillon.web.notification;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.carillon.report.ReplanProgress;
import org.carillon.report.ReplanProgress.Task;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Texts;

/** Re-planning that goes on, in words: what, how far, by whom. Shown by {@code _progress.xhtml}. */
@Named @RequestScoped
public class Progress {

    /** @param done of {@code size}, for the bar */
    public record Line(String what, String who, long done, long size) { }

    private final ReplanProgress progress;
    private final Current current;
    private final Texts texts;
    private final Moments moments;
    private List<Line> lines;

    protected Progress() { this(null, null, null, null); }

    @Inject
    public Progress(ReplanProgress progress, Current current, Texts texts, Moments moments) {
        this.progress = progress;
        this.current = current;
        this.texts = texts;
        this.moments = moments;
    }

    public List<Line> getLines() {
        if (lines == null) {
            lines = progress.open(current.getScope()).stream().map(this::line).toList();
        }
        return lines;
    }

    private Line line(Task task) {
        String what = task.automations() > 1 ? texts.say("notification", "work.many", task.automations())
            : task.automations() == 0 ? texts.say("notification", "work.calendar", task.locations(), task.location())
            : task.reminder() ? texts.say("notification", "work.reminder", texts.say("notification", "before." + task.unit(), task.delay()), task.template())
            : texts.say("notification", "work.event", trigger(task), task.template());
        String far = texts.say("notification", task.automations() == 1 && task.reminder() ? "work.orders" : "work.messages", task.done(), task.size());
        return new Line(texts.say("notification", "work.line", what, far), who(task), task.done(), Math.max(1, task.size()));
    }

    private String trigger(Task task) { return task.status() == null || task.status().fr() == null ? texts.say("notification", "event." + task.event()) : task.status().in(current.getLanguage()); }

    private String who(Task task) {
        String when = moments.near(task.requestedAt(), current.getZone().getId());
        return "carillon".equals(task.actor()) ? texts.say("notification", "work.self", when)
            : task.actor().startsWith("api:") ? texts.say("notification", "work.system", task.actor().substring(4), when)
            : texts.say("notification", "work.by", task.actor(), when);
    }
}
