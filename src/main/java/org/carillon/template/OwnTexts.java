package org.carillon.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Texts that belong to one automation: kept as they are being written, judged before they are used. */
@ApplicationScoped
public class OwnTexts {

    private final TemplateCritic critic;

    protected OwnTexts() { this(null, null, null); }

    @Inject
    public OwnTexts(FieldCatalogue fields, Jdbi jdbi, Alphabets alphabets) { critic = new TemplateCritic(null, fields, jdbi, alphabets); }

    /** Keeps a text in whatever state; answers its number. @param id null for a new one */
    public long keep(Handle h, Long id, String name, Purpose purpose, Map<String, Translation> translations) {
        long template = id != null ? id : h.createQuery("insert into template (id, name, own) values (nextval('template_id_seq'), '', true) returning id").mapTo(Long.class).one();
        h.createUpdate("update template set name = :name, purpose = :purpose, revision = revision + 1, version = version + 1 where id = :id and own")
            .bind("name", Objects.toString(name, "")).bind("purpose", purpose).bind("id", template).execute();
        h.createUpdate("delete from template_translation where template_id = :id").bind("id", template).execute();
        new TreeMap<>(translations).forEach((language, t) -> h.createUpdate("insert into template_translation (template_id, language, sms, subject, body) values (:id, :language, :sms, :subject, :body)")
            .bind("id", template).bind("language", language).bind("sms", t.sms()).bind("subject", t.subject()).bind("body", t.body()).execute());
        return template;
    }

    /** What is wrong with it, by field ({@code fr.sms}); of a language the first. A text that reads like an offer is one (LAW-01): it says so itself, or is refused. */
    public List<Invalid> judge(Purpose purpose, Map<String, Translation> translations) {
        List<Invalid> wrong = new ArrayList<>();
        new TreeMap<>(translations).forEach((language, t) -> {
            if (!t.sms().isBlank() || !t.body().isBlank()) {
                try {
                    critic.judgeTexts(new TemplateDraft(null, null, "own", purpose, Map.of(language, t), null));
                } catch (Invalid e) {
                    wrong.add(e);
                }
                if (purpose != Purpose.MARKETING) {
                    List.of(t.sms(), t.subject(), t.body()).stream().map(text -> OfferWords.in(TemplateText.parse(text).literals())).filter(java.util.Optional::isPresent).findFirst()
                        .ifPresent(found -> wrong.add(new Invalid("marketing", "automation.offer", found.get())));
                }
            }
        });
        return wrong;
    }
}
