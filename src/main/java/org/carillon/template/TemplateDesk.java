package org.carillon.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.jdbi.v3.core.Jdbi;

/** Creates, changes and deletes templates; a text that could not be sent is refused here, by name. */
@ApplicationScoped
public class TemplateDesk {

    private Templates templates;
    private FieldCatalogue fields;
    private Jdbi jdbi;

    protected TemplateDesk() { }

    @Inject
    public TemplateDesk(Templates templates, FieldCatalogue fields, Jdbi jdbi) {
        this.templates = templates;
        this.fields = fields;
        this.jdbi = jdbi;
    }

    @Transactional
    public Template save(TemplateDraft draft) {
        Template template = draft.id() == null ? Template.draft() : templates.find(draft.id()).orElseThrow(() -> Invalid.unknown("template", draft.id()));
        if (draft.version() != null && draft.version() != template.version()) {
            throw new Invalid("template", "changed.meanwhile");
        }
        judge(draft);
        template.become(draft.name().strip(), draft.purpose(), draft.translations());
        if (draft.id() == null) {
            templates.add(template);
        } else {
            templates.flush();
        }
        return template;
    }

    @Transactional
    public void delete(long id) {
        Template template = templates.find(id).orElseThrow(() -> Invalid.unknown("template", id));
        List<String> users = jdbi.withHandle(h -> h.createQuery("select distinct coalesce(l.name, co.name, '') from automation a left join automation_location al "
            + "on al.automation_id = a.id left join location l on l.id = al.location_id left join company co on true where a.template_id = :id and not a.deleted order by 1").bind("id", id).mapTo(String.class).list());
        if (!users.isEmpty()) {
            throw new Invalid("template", "template.used", String.join(", ", users));
        }
        template.delete();
    }

    private void judge(TemplateDraft draft) {
        if (draft.name() == null || draft.name().isBlank()) {
            throw new Invalid("name", "required");
        }
        if (templates.named(draft.name().strip(), draft.id())) {
            throw new Invalid("name", "template.taken", draft.name().strip());
        }
        if (draft.translations().values().stream().allMatch(t -> t.sms().isBlank() && t.body().isBlank())) {
            throw new Invalid("text", "template.empty");
        }
        for (Map.Entry<String, Translation> entry : draft.translations().entrySet()) {
            Translation t = entry.getValue();
            judge(entry.getKey() + ".sms", t.sms());
            judge(entry.getKey() + ".subject", t.subject());
            judge(entry.getKey() + ".body", t.body());
            if (!t.body().isBlank() && t.subject().isBlank()) {
                throw new Invalid(entry.getKey() + ".subject", "template.subject");
            }
            if (t.subject().matches("(?s).*[\\r\\n].*")) {
                throw new Invalid(entry.getKey() + ".subject", "template.subjectLine");
            }
            if (!t.sms().isBlank() && SmsText.of(t.sms()).segments() > draft.purpose().maxSegments()) {
                throw new Invalid(entry.getKey() + ".sms", "template.tooLong", SmsText.of(t.sms()).segments(), draft.purpose().maxSegments());
            }
        }
    }

    private void judge(String field, String text) {
        for (TemplateText.Problem problem : TemplateText.parse(text).lint(known())) {
            if (problem.refused()) {
                throw new Invalid(field, "template." + problem.kind() + (problem.kind() == TemplateText.Kind.UNKNOWN_FIELD && problem.nearest().isEmpty() ? ".alone" : ""),
                    problem.found(), problem.nearest());
            }
        }
    }

    private Set<String> known() { return fields.codes(); }
}
