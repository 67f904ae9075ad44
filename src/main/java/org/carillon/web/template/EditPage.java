package org.carillon.web.template;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.report.PreviewRecords.Choice;
import org.carillon.report.TemplateList;
import org.carillon.template.Approvals;
import org.carillon.template.Longest;
import org.carillon.template.Signature;
import org.carillon.template.Template;
import org.carillon.template.TemplateDesk;
import org.carillon.template.TemplateDraft;
import org.carillon.template.Templates;
import org.carillon.template.Translation;
import org.carillon.web.Current;
import org.carillon.web.Language;
import org.carillon.web.Notices;

/** One text in its languages, beside what it becomes for a real customer. */
@Named("templateEdit") @ViewScoped
public class EditPage implements Serializable {

    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private Templates templates;
    @Inject private TemplateDesk desk;
    @Inject private TemplateList list;
    @Inject private Preview preview;
    @Inject private Chronicle chronicle;
    @Inject private Approvals approvals;
    @Inject private Longest longest;

    private Long id;
    private Integer version;
    private String title = "";
    private String name;
    private Purpose purpose = Purpose.TRANSACTIONAL;
    private String language;
    private final Map<String, Words> words = new LinkedHashMap<>();
    private Choice record;
    private boolean mine = true;
    private Signature signature = Signature.FIRST;

    /** Before the first rendering: the stored text, or an empty one; 404 for one that is not there. */
    public void arrive() throws IOException {
        Optional<Template> stored = id == null ? Optional.empty() : templates.find(id);
        if (id != null && stored.isEmpty()) {
            outside().responseSendError(404, "");
            FacesContext.getCurrentInstance().responseComplete();
            return;
        }
        language = current.getLanguage();
        Language.ALL.forEach(l -> words.put(l, new Words()));
        stored.ifPresent(this::take);
        record = preview.fitting(current.getView(), null, words.values().stream().flatMap(w -> Stream.of(w.getSms(), w.getSubject(), w.getBody()))).orElse(null);
    }

    private void take(Template template) {
        version = template.version();
        title = name = template.name();
        purpose = template.purpose();
        signature = template.signature();
        template.translations().forEach((l, translation) -> words.put(l, Words.of(translation)));
        mine = list.free(current.getScope(), id);
        if (words.get(language).isEmpty()) {
            language = Language.ALL.stream().filter(l -> !words.get(l).isEmpty()).findFirst().orElse(language);
        }
    }

    public void save() throws IOException {
        try {
            Map<String, Translation> translations = new LinkedHashMap<>();
            words.forEach((l, w) -> { if (!w.isEmpty()) { translations.put(l, w.translation()); } });
            Template saved = desk.save(current.getScope(), new TemplateDraft(id, version, name, purpose, translations, current.actor(), signature));
            boolean waits = approvals.of(saved.id()).isPresent();
            notices.doneThen("template", waits ? saved.purpose() == Purpose.MARKETING ? "edit.waitsAsOffer" : "edit.waits" : id == null ? "edit.created" : "edit.saved");
            outside().redirect("edit.xhtml?id=" + saved.id());
        } catch (Invalid refusal) {
            notices.refuse("edit", placed(refusal));
        }
    }

    /** The refusal at the input that shows it, in the language that has it. */
    private Invalid placed(Invalid refusal) {
        String field = refusal.field();
        if (field != null && field.matches("(fr|en)\\.(sms|subject|body)")) {
            language = field.substring(0, 2);
            field = language + field.substring(3, 4).toUpperCase(Locale.ROOT) + field.substring(4);
        } else if ("text".equals(field)) {
            field = language + "Sms";
        }
        return new Invalid(field, refusal.key(), refusal.arguments().toArray());
    }

    public List<Choice> seek(String text) { return preview.seek(current.getScope(), null, text); }

    /** The mode of the record that the editor previews with. */
    public String getSmsMode() { return record == null ? "TYPO" : record.smsMode(); }
    public SmsTerms getTerms() { return preview.terms(record); }
    public String values(String of, String channel) { return preview.json(record, of, Channel.valueOf(channel)); }

    /** Whether customers of that language get another one on some channel. */
    public boolean lacks(String of) {
        Words mineOf = words.get(of);
        return words.entrySet().stream().filter(e -> !e.getKey().equals(of)).anyMatch(e ->
            !e.getValue().getSms().isBlank() && mineOf.getSms().isBlank() || !e.getValue().getBody().isBlank() && mineOf.getBody().isBlank());
    }

    public String getUse() {
        return id == null ? "" : list.all(current.getScope(), current.getLanguage()).stream().filter(row -> row.id() == id && row.notifications() > 0).map(TemplateList.Row::places).findFirst().orElse("");
    }

    public String sign(String of, String channel) { return preview.sign(record, purpose, signature, of, Channel.valueOf(channel)); }

    /** What waits for a second person, null where nothing does (LAW-01). */
    public Approvals.Request getWaiting() { return id == null ? null : approvals.of(id).orElse(null); }

    public int getMaxSegments() { return longest.of(purpose); }
    public boolean isOffer() { return purpose == Purpose.MARKETING; }
    public Signature[] getSignatures() { return Signature.values(); }
    public Signature getSignature() { return signature; }
    public void setSignature(Signature signature) { this.signature = signature == null ? this.signature : signature; }

    /** The last three versions. */
    public List<Chronicle.Entry> getRecent() { return id == null ? List.of() : chronicle.entries(id, Integer.MAX_VALUE, 3); }

    private static ExternalContext outside() { return FacesContext.getCurrentInstance().getExternalContext(); }

    public boolean isNew() { return id == null; }
    public boolean isMine() { return mine; }
    public String getTitle() { return title; }
    public List<String> getLanguages() { return Language.ALL; }
    public Purpose[] getPurposes() { return Purpose.values(); }
    public Long getId() { return id; }
    public void setId(Long id) { this.id = id; }
    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
    public Purpose getPurpose() { return purpose; }
    public void setPurpose(Purpose purpose) { this.purpose = purpose; }
    public String getLanguage() { return language; }
    public void setLanguage(String language) { this.language = language; }
    public Map<String, Words> getWords() { return words; }
    public Choice getRecord() { return record; }
    public void setRecord(Choice record) { this.record = record == null ? this.record : record; }
}
