package org.carillon.web.template;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.plan.Samples;
import org.carillon.report.PreviewRecords.Choice;
import org.carillon.report.TemplateList;
import org.carillon.template.TemplateDesk;
import org.carillon.template.TemplateVersion;
import org.carillon.template.TemplateVersion.Act;
import org.carillon.template.Versions;
import org.carillon.web.Current;
import org.carillon.web.Language;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Texts;

/** What a template was, version by version, and the way back to each (P-37); deleted templates too. */
@Named("templateHistory") @ViewScoped
public class HistoryPage implements Serializable {

    private static final int SIZE = 20;

    @Inject private Versions versions;
    @Inject private Chronicle chronicle;
    @Inject private TemplateDesk desk;
    @Inject private TemplateList list;
    @Inject private Preview preview;
    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private Texts texts;
    private String id;
    private String show;
    private String before;
    private int standing;
    private boolean deleted;
    private boolean mine;
    private String title = "";
    private String language;
    private Choice record;
    private String refusal;
    private transient List<Chronicle.Entry> entries;
    private transient TemplateVersion chosen;
    private transient Map<String, Optional<Samples.Shown>> shown;  // null again where another node goes on

    /** Called on GET only. */
    public void open() {
        Optional<TemplateVersion> newest = Pages.number(id) == null ? Optional.empty() : versions.of(Pages.number(id), Integer.MAX_VALUE, 1).stream().findFirst();
        if (newest.isEmpty() || getChosen() == null) {
            Pages.notFound();
            return;
        }
        standing = newest.get().number();
        title = newest.get().name();
        deleted = newest.get().act() == Act.DELETED;
        mine = deleted || list.free(current.getScope(), Pages.number(id));
        language = getLanguages().contains(current.getLanguage()) ? current.getLanguage() : getLanguages().stream().findFirst().orElse(current.getLanguage());
        record = preview.newest(current.getView()).orElse(null);
    }

    public List<Chronicle.Entry> getEntries() {
        if (entries == null) {
            entries = chronicle.entries(Pages.number(id), below(), SIZE);
        }
        return entries;
    }

    private int below() { return before != null && before.matches("\\d{1,9}") ? Integer.parseInt(before) : Integer.MAX_VALUE; }

    /** The version that is looked at: the one asked for, else the one that stands. Null where there is none. */
    public TemplateVersion getChosen() {
        if (chosen == null) {
            long template = Pages.number(id);
            chosen = show == null ? versions.of(template, Integer.MAX_VALUE, 1).stream().findFirst().orElse(null)
                : !show.matches("\\d{1,9}") ? null : versions.find(template, Integer.parseInt(show)).orElse(null);
        }
        return chosen;
    }

    /** Whether going back to the chosen version would change something. */
    public boolean isRestorable() {
        return mine && (deleted || getChosen().number() != standing && versions.find(Pages.number(id), standing).map(now -> !now.equalsInWords(getChosen())).orElse(false));
    }

    public void restore() {
        refusal = null;
        try {
            desk.restore(current.getScope(), Pages.number(id), getChosen().number(), standing, current.actor());
            notices.doneThen("template", "history.restored", getChosen().number());
            Pages.go("/template/edit.xhtml", Map.of("id", id));
        } catch (Invalid no) {
            refusal = texts.say("invalid", no.key(), no.arguments().toArray());
        }
    }

    /** What the chosen version becomes for the record, null where there is nothing to show. */
    public Samples.Shown shown(String of, String channel) {
        if (record == null) {
            return null;
        }
        shown = shown == null ? new HashMap<>() : shown;
        return shown.computeIfAbsent(of + channel, key -> preview.show(getChosen(), record, of, Channel.valueOf(channel))).orElse(null);
    }

    public String look(int number) { return Pages.address("/template/history.xhtml", address(Integer.toString(number), before)); }

    /** Null on the last part. */
    public String getNext() {
        int last = getEntries().isEmpty() ? 1 : getEntries().get(getEntries().size() - 1).version().number();
        return last <= 1 ? null : Pages.address("/template/history.xhtml", address(null, Integer.toString(last)));
    }

    public String getFirst() { return before == null ? null : Pages.address("/template/history.xhtml", address(null, null)); }

    private Map<String, Object> address(String show, String before) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("id", id);
        parameters.put("show", show);
        parameters.put("before", before);
        return parameters;
    }

    /** Languages in which the chosen version says something. */
    public List<String> getLanguages() { return Language.ALL.stream().filter(l -> getChosen().translations().containsKey(l)).toList(); }

    /** Why the last act was refused, null when it was not. */
    public String getRefusal() { return refusal; }
    public boolean isDeleted() { return deleted; }
    public boolean isMine() { return mine; }
    public int getStanding() { return standing; }
    public String getTitle() { return title; }
    public Choice getRecord() { return record; }
    public SmsTerms getTerms() { return preview.terms(record); }
    public String getLanguage() { return language; }
    public void setLanguage(String language) { this.language = Objects.toString(language, this.language); }
    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
    public String getShow() { return show; }
    public void setShow(String show) { this.show = show; }
    public String getBefore() { return before; }
    public void setBefore(String before) { this.before = before; }
}
