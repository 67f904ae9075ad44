package org.carillon.web.automation;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceAutomations;
import org.carillon.automation.AutomationVersion;
import org.carillon.automation.AutomationVersions;
import org.carillon.fact.Invalid;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Texts;

/** What an automation was, version by version, and the way back to each (B-45). */
@Named("automationVersions") @ViewScoped
public class VersionsPage implements Serializable {

    private static final int SIZE = 20;

    @Inject private AudienceAutomations desk;
    @Inject private AutomationVersions versions;
    @Inject private VersionWords words;
    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private Texts texts;
    private String id;
    private String before;
    private String name;
    private int version;
    private int standing;
    private int waiting;
    private boolean mine;
    private String refusal;
    private transient List<AutomationVersion> found;
    private transient List<VersionWords.Entry> entries;

    /** Called on GET only. */
    public void open() {
        AudienceAutomation automation = Pages.number(id) == null ? null : desk.find(current.getScope(), Pages.number(id)).orElse(null);
        if (automation == null) {
            Pages.notFound();
            return;
        }
        name = automation.name();
        version = automation.version();
        mine = automation.editable(current.getScope());
        waiting = desk.waiting(current.getScope(), automation.id());
        standing = versions.of(current.getScope(), Pages.number(id), Integer.MAX_VALUE, 1).stream().findFirst().map(AutomationVersion::number).orElse(0);
    }

    private List<AutomationVersion> found() {
        if (found == null) {
            found = versions.of(current.getScope(), Pages.number(id), before != null && before.matches("\\d{1,9}") ? Integer.parseInt(before) : Integer.MAX_VALUE, SIZE + 1);
        }
        return found;
    }

    public List<VersionWords.Entry> getEntries() {
        if (entries == null) {
            entries = words.entries(found(), SIZE);
        }
        return entries;
    }

    /** Whether going back to it would change something. */
    public boolean restorable(AutomationVersion then) {
        return mine && then.number() != standing && newest().map(now -> !now.said().equals(then.said())).orElse(false);
    }

    /** What restoring it does; where it would mean others or in another way, how many messages that calls off. */
    public String means(AutomationVersion then) {
        String means = texts.say("automation", "versions.means");
        boolean loses = waiting > 0 && newest().map(now -> !now.said().finds(then.said())).orElse(false);
        return loses ? means + " " + texts.say("automation", "pause.count", waiting) + " " + texts.say("automation", "versions.lose") : means;
    }

    private Optional<AutomationVersion> newest() {
        return before == null ? found().stream().findFirst() : versions.of(current.getScope(), Pages.number(id), Integer.MAX_VALUE, 1).stream().findFirst();
    }

    public void restore(int number) {
        refusal = null;
        try {
            versions.restore(current.getScope(), Pages.number(id), number, version, current.actor());
            notices.doneThen("automation", "versions.restored", number);
            Pages.go("/automation/versions.xhtml", Map.of("id", id));
        } catch (Invalid no) {
            refusal = notices.say(no);
        }
    }

    public String getNext() {
        return found().size() <= SIZE ? null : Pages.address("/automation/versions.xhtml", Map.of("id", id, "before", found().get(SIZE - 1).number()));
    }

    public String getFirst() { return before == null ? null : Pages.address("/automation/versions.xhtml", Map.of("id", id)); }

    public String icon(AutomationVersion version) {
        return switch (version.act()) {
            case CREATED -> "pi-plus";
            case CHANGED -> "pi-pencil";
            case RESTORED -> "pi-replay";
            case ACTIVATED -> "pi-bolt";
            case PAUSED -> "pi-pause";
            case DELETED -> "pi-trash";
            case FOUND -> "pi-file";
        };
    }

    /** Why the last act was refused, null when it was not. */
    public String getRefusal() { return refusal; }
    public String getName() { return name == null || name.isEmpty() ? texts.say("automation", "list.unnamed") : name; }
    public boolean isMine() { return mine; }
    public int getStanding() { return standing; }
    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
    public String getBefore() { return before; }
    public void setBefore(String before) { this.before = before; }
}
