package org.carillon.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
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

    /** Of an automation {@code a} at a location {@code l}. */
    private static final String IN_QUEBEC = "(l.region = 'QC' or a.everywhere and exists (select from location q where q.region = 'QC' and q.active))";

    private Templates templates;
    private Versions versions;
    private FieldCatalogue fields;
    private ApplicationClock clock;
    private Jdbi jdbi;
    private Alphabets alphabets;
    private Approvals approvals;
    private Longest longest;

    protected TemplateDesk() { }

    @Inject
    public TemplateDesk(Templates templates, Versions versions, FieldCatalogue fields, ApplicationClock clock, Jdbi jdbi, Alphabets alphabets) {
        this.templates = templates;
        this.versions = versions;
        this.fields = fields;
        this.clock = clock;
        this.jdbi = jdbi;
        this.alphabets = alphabets;
        this.approvals = new Approvals(jdbi);
        this.longest = new Longest(jdbi);
    }

    /**
     * Saves what differs; the former state stays in {@link Versions}. Words that read like an offer are none only when a second person says so
     * (LAW-01): until then a new text is an offer, and a text in service stays as it is; {@link Approvals#of} tells that it waits.
     */
    @Transactional
    public Template save(Scope scope, TemplateDraft draft) {
        Template template = draft.id() == null ? Template.draft() : known(scope, draft.id(), draft.version());
        if (template.deleted()) {
            throw Invalid.unknown("template", draft.id());
        }
        judge(draft);
        judgeUse(template, draft);
        return become(template, draft, draft.id() == null ? Act.CREATED : Act.CHANGED, null);
    }

    private Template become(Template template, TemplateDraft draft, Act act, Integer from) {
        Optional<String> offer = offer(template, draft);
        if (offer.isPresent()) {
            if (draft.id() == null || template.purpose() == Purpose.MARKETING || template.deleted()) {
                TemplateDraft asOffer = draft.asOffer();
                judge(asOffer);
                take(template, asOffer, act, from);
            }
            overtake(id(template, draft), draft.author());
            approvals.ask(id(template, draft), template.revision(), draft, offer.get(), clock.now());
        } else if (take(template, draft, act, from)) {
            overtake(id(template, draft), draft.author());
        }
        return template;
    }

    private static long id(Template template, TemplateDraft draft) { return draft.id() == null ? template.id() : draft.id(); }

    /** @return whether anything changed that versions keep */
    private boolean take(Template template, TemplateDraft draft, Act act, Integer from) {
        if (draft.signature() != null) {
            template.sign(draft.signature());
        }
        String name = draft.name().strip();
        if (!template.deleted() && template.says(name, draft.purpose(), draft.translations())) {
            return false;
        }
        template.become(name, draft.purpose(), draft.translations());
        if (draft.id() == null) {
            templates.add(template);
        }
        keep(template, act, from, draft.author());
        return true;
    }

    /** What reads like an offer in the words that nobody has let pass yet; empty where it counts as one anyway. */
    private Optional<String> offer(Template template, TemplateDraft draft) {
        if (draft.purpose() == Purpose.MARKETING) {
            return Optional.empty();
        }
        boolean passed = draft.id() != null && template.purpose() != Purpose.MARKETING && draft.purpose().ordinal() >= template.purpose().ordinal() && !template.deleted();  // what passed as a reminder has not passed as more
        Optional<String> found = draft.translations().entrySet().stream().flatMap(entry -> {
            Translation now = entry.getValue();
            Translation then = passed ? template.translations().get(entry.getKey()) : null;
            return Stream.of(then != null && then.sms().equals(now.sms()) ? "" : now.sms(), then != null && then.subject().equals(now.subject()) ? "" : now.subject(),
                then != null && then.body().equals(now.body()) ? "" : now.body());
        }).map(text -> OfferWords.in(TemplateText.parse(text).literals())).flatMap(Optional::stream).findFirst();
        return found.isPresent() && draft.id() != null && approvals.approved(draft.id(), draft.purpose(), draft.translations()) ? Optional.empty() : found;
    }

    private void overtake(long id, Actor by) {
        approvals.of(id).ifPresent(request -> approvals.close(request.id(), Approvals.Decision.OVERTAKEN, by, clock.now()));
    }

    /** A second person lets the text be what its author wished; refused to the author, and where the template changed since. */
    @Transactional
    public Template approve(Scope scope, long requestId, Actor by) {
        Approvals.Request request = approvals.lock(requestId).orElseThrow(() -> new Invalid("approval", "changed.meanwhile"));
        Template template = known(scope, request.templateId(), null);
        if (request.askedBy().equals(by.key())) {
            throw new Invalid("approval", "approval.self");
        }
        if (template.deleted() || template.revision() != request.revision()) {
            throw new Invalid("approval", "changed.meanwhile");
        }
        TemplateDraft draft = new TemplateDraft(template.id(), null, request.name(), request.purpose(), request.translations(), by);
        judge(draft);
        judgeUse(template, draft);
        take(template, draft, Act.APPROVED, null);
        approvals.close(requestId, Approvals.Decision.APPROVED, by, clock.now());
        return template;
    }

    /** The text stays what it is: an offer, or without the change. Its author may say so too. */
    @Transactional
    public void refuse(Scope scope, long requestId, Actor by) {
        Approvals.Request request = approvals.lock(requestId).orElseThrow(() -> new Invalid("approval", "changed.meanwhile"));
        known(scope, request.templateId(), null);
        approvals.close(requestId, Approvals.Decision.REFUSED, by, clock.now());
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
        return become(template, draft, Act.RESTORED, number);
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
    private List<Use> uses(long id, Channel... channels) { return uses(id, "true", channels); }

    private List<Use> uses(long id, String where, Channel... channels) {
        return jdbi.withHandle(h -> h.createQuery("select l.id \"location\", coalesce(l.name, co.name, '') \"name\", count(*) \"count\" from automation a "
            + "left join automation_location al on al.automation_id = a.id left join location l on l.id = al.location_id left join company co on true "
            + "where a.template_id = :id and not a.deleted and string_to_array(a.channels, ',') && :channels and " + where + " group by l.id, coalesce(l.name, co.name, '') order by 2").bind("id", id)
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
        judgeFrench(draft);
    }

    /** LAW-22: what a location in Québec sends is there in French. */
    private void judgeFrench(TemplateDraft draft) {
        for (Channel channel : Channel.values()) {
            Translation french = draft.translations().get("fr");
            if (draft.id() != null && (french == null || !french.speaks(channel))) {
                List<Use> uses = uses(draft.id(), IN_QUEBEC, channel);
                if (!uses.isEmpty()) {
                    throw new Invalid("fr" + (channel == Channel.SMS ? ".sms" : ".body"), "template.french." + channel, named(uses));
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
        if (draft.purpose() == Purpose.MARKETING) {
            judgeIdentity(draft);
        }
        int most = longest.of(draft.purpose());
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
            int segments = t.sms().isBlank() ? 0 : segments(t.sms(), entry.getKey(), draft);
            if (segments > most) {
                throw new Invalid(entry.getKey() + ".sms", "template.tooLong", segments, most);
            }
        }
    }

    private record Wire(SmsMode mode, Alphabet alphabet, Imprint imprint) { }

    private static final String IMPRINT = "coalesce(co.name, '') shop, coalesce(co.postal_address, '') address, coalesce(co.offer_contact, '') contact, coalesce(co.stop_number, '') stop";

    private static Imprint imprint(ResultSet r, boolean answerable) throws SQLException {
        return new Imprint(r.getString("shop"), r.getString("address"), r.getString("contact"), r.getString("stop"), answerable);
    }

    /** An offer says who writes and how to stop (LAW-06, LAW-07): what the company has not entered yet is named. */
    private void judgeIdentity(TemplateDraft draft) {
        boolean sms = draft.translations().values().stream().anyMatch(t -> t.speaks(Channel.SMS));
        Imprint imprint = jdbi.withHandle(h -> h.createQuery("select " + IMPRINT + ", not exists (select from location where active and sms_sender ~ '[A-Za-z]') answerable "
            + "from (select 1) one left join company co on true").map((r, c) -> imprint(r, r.getBoolean("answerable"))).one());
        imprint.lacks(sms ? Channel.SMS : Channel.EMAIL).stream().findFirst().ifPresent(missing -> {
            throw new Invalid("purpose", "template.offer." + missing);
        });
    }

    /** As it leaves where it needs least, of the modes and routes that our locations use (MSG-02); of values nothing is known yet, and the renderer counts again. */
    private int segments(String sms, String language, TemplateDraft draft) {
        TemplateText text = TemplateText.parse(sms);
        boolean signed = draft.purpose() == Purpose.MARKETING || draft.signature() != null && draft.signature() != Signature.NEVER;
        List<Wire> wires = jdbi.withHandle(h -> h.createQuery("select l.id, l.sms_mode, l.sms_sender, " + IMPRINT + " from location l left join company co on true where l.active")
            .map((r, c) -> new Wire(SmsMode.valueOf(r.getString("sms_mode")), alphabets.of(r.getLong("id")), imprint(r, !r.getString("sms_sender").matches(".*[A-Za-z].*")))).list());
        return (wires.isEmpty() ? Stream.of(new Wire(SmsMode.TYPO, alphabets.of(null), new Imprint("", "", "", "", true))) : wires.stream().distinct())
            .mapToInt(wire -> SmsText.of(signed ? signed(text, wire.imprint(), language) : text.literals(), wire.mode(), wire.alphabet()).segments()).min().orElseThrow();
    }

    private static String signed(TemplateText text, Imprint imprint, String language) {
        String said = text.literals() + (text.fields().contains("company.name") ? " " + imprint.shop() : "");
        return imprint.on(text, said, Channel.SMS, language).literals();
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
