package org.carillon.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.carillon.template.TemplateVersion.Act;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Creates, changes, restores and deletes templates; a text that could not be sent is refused here, by name. Templates belong to the company, but
 * one that a location sends is touched only by who works there: its people would be surprised (SEC-13).
 */
@ApplicationScoped
public class TemplateDesk {

    private Templates templates;
    private Versions versions;
    private FieldCatalogue fields;
    private ApplicationClock clock;
    private Jdbi jdbi;
    private Alphabets alphabets;

    protected TemplateDesk() { }

    @Inject
    public TemplateDesk(Templates templates, Versions versions, FieldCatalogue fields, ApplicationClock clock, Jdbi jdbi, Alphabets alphabets) {
        this.templates = templates;
        this.versions = versions;
        this.fields = fields;
        this.clock = clock;
        this.jdbi = jdbi;
        this.alphabets = alphabets;
    }

    /** Saves what differs; the former state stays in {@link Versions}. */
    @Transactional
    public Template save(Scope scope, TemplateDraft draft) {
        Template template = draft.id() == null ? Template.draft() : known(scope, draft.id(), draft.version());
        if (template.deleted()) {
            throw Invalid.unknown("template", draft.id());
        }
        judge(draft);
        judgeUse(template, draft);
        String name = draft.name().strip();
        if (template.says(name, draft.purpose(), draft.translations())) {
            return template;
        }
        template.become(name, draft.purpose(), draft.translations());
        if (draft.id() == null) {
            templates.add(template);
        }
        keep(template, draft.id() == null ? Act.CREATED : Act.CHANGED, null, draft.author());
        return template;
    }

    /**
     * A new version that equals an old one; a deleted template comes back with it. Judged as if it were written today.
     *
     * @param standing number of the version that stood on the page: a change made since then is reported, not overwritten
     */
    @Transactional
    public Template restore(Scope scope, long id, int number, int standing, Actor author) {
        Template template = known(scope, id, null);
        if (template.revision() != standing) {
            throw new Invalid("template", "changed.meanwhile");
        }
        TemplateVersion old = versions.find(id, number).orElseThrow(() -> Invalid.unknown("template", id));
        if (template.deleted() && templates.named(old.name(), id)) {
            throw new Invalid("name", "template.takenSince", old.name());
        }
        TemplateDraft draft = new TemplateDraft(id, null, old.name(), old.purpose(), old.translations(), author);
        judge(draft);
        judgeUse(template, draft);
        if (template.deleted() || !template.says(old.name(), old.purpose(), old.translations())) {
            template.become(old.name(), old.purpose(), old.translations());
            keep(template, Act.RESTORED, number, author);
        }
        return template;
    }

    /** Refused while notifications use it, naming where (P-37). */
    @Transactional
    public void delete(Scope scope, long id, Actor author) {
        Template template = known(scope, id, null);
        if (template.deleted()) {
            throw Invalid.unknown("template", id);
        }
        List<Use> uses = uses(id, Channel.values());
        if (!uses.isEmpty()) {
            throw new Invalid("template", "template.used", named(uses));
        }
        template.delete();
        keep(template, Act.DELETED, null, author);
    }

    /** @param location null: a notification of the whole company */
    public record Use(Long location, String name, long count) { }

    private static String named(List<Use> uses) { return uses.stream().map(use -> use.name() + " (" + use.count() + ")").collect(Collectors.joining(", ")); }

    /** By notifications on one of these channels. */
    private List<Use> uses(long id, Channel... channels) {
        return jdbi.withHandle(h -> h.createQuery("select l.id \"location\", coalesce(l.name, co.name, '') \"name\", count(*) \"count\" from automation a "
            + "left join automation_location al on al.automation_id = a.id left join location l on l.id = al.location_id left join company co on true "
            + "where a.template_id = :id and not a.deleted and string_to_array(a.channels, ',') && :channels group by l.id, coalesce(l.name, co.name, '') order by 2").bind("id", id)
            .bindArray("channels", String.class, Stream.of(channels).map(Channel::name).toList())
            .map(ConstructorMapper.of(Use.class)).list());
    }

    /** Locked; one from before versions were kept gets its first now, while its state is still there. */
    private Template known(Scope scope, long id, Integer shown) {
        Template template = templates.lock(id).orElseThrow(() -> Invalid.unknown("template", id));
        if (uses(id, Channel.values()).stream().anyMatch(use -> use.location() == null ? !scope.all() : !scope.allows(use.location()))) {
            throw new Invalid("template", "template.elsewhere", template.name());
        }
        if (shown != null && shown != template.version()) {
            throw new Invalid("template", "changed.meanwhile");
        }
        if (template.revision() == 0) {
            template.found();
            versions.keep(template, Act.FOUND, null, null, "");
        }
        return template;
    }

    private void keep(Template template, Act act, Integer from, Actor author) {
        templates.flush();
        versions.keep(template, act, from, clock.now(), author.name());
    }

    /** A channel that notifications use keeps a text: without one they would skip everybody. Blames the language that has it now. */
    private void judgeUse(Template template, TemplateDraft draft) {
        for (Channel channel : Channel.values()) {
            if (template.speaks(channel) && draft.translations().values().stream().noneMatch(t -> t.speaks(channel))) {
                List<Use> uses = uses(draft.id(), channel);
                if (!uses.isEmpty()) {
                    String language = template.translations().entrySet().stream().filter(e -> e.getValue().speaks(channel)).map(Map.Entry::getKey)
                        .max(Comparator.naturalOrder()).orElseThrow();
                    throw new Invalid(language + (channel == Channel.SMS ? ".sms" : ".body"), "template.needed." + channel, named(uses));
                }
            }
        }
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
            int segments = segments(t.sms());
            if (segments > draft.purpose().maxSegments()) {
                throw new Invalid(entry.getKey() + ".sms", "template.tooLong", segments, draft.purpose().maxSegments());
            }
        }
    }

    private record Wire(SmsMode mode, Alphabet alphabet) { }

    /** As it leaves where it needs least, of the modes and routes that our locations use (MSG-02); of values nothing is known yet, and the renderer counts again. */
    private int segments(String sms) {
        List<Wire> wires = jdbi.withHandle(h -> h.createQuery("select id, sms_mode from location where active")
            .map((r, c) -> new Wire(SmsMode.valueOf(r.getString("sms_mode")), alphabets.of(r.getLong("id")))).list());
        String always = TemplateText.parse(sms).literals();
        return (wires.isEmpty() ? Stream.of(new Wire(SmsMode.TYPO, alphabets.of(null))) : wires.stream().distinct())
            .mapToInt(wire -> SmsText.of(always, wire.mode(), wire.alphabet()).segments()).min().orElseThrow();
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
