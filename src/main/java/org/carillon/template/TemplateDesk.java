package org.carillon.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.shop.Scope;
import org.carillon.template.TemplateUses.Use;
import org.carillon.template.TemplateVersion.Act;
import org.jdbi.v3.core.Jdbi;

/**
 * Creates, changes, restores and deletes templates; a text that could not be sent is refused here, by name. Templates belong to the company, but
 * one that a location sends is touched only by who works there: its people would be surprised (SEC-13).
 */
@ApplicationScoped
public class TemplateDesk {

    private Templates templates;
    private Versions versions;
    private ApplicationClock clock;
    private Approvals approvals;
    private TemplateUses uses;
    private TemplateCritic critic;

    protected TemplateDesk() { }

    @Inject
    public TemplateDesk(Templates templates, Versions versions, FieldCatalogue fields, ApplicationClock clock, Jdbi jdbi, Alphabets alphabets) {
        this.templates = templates;
        this.versions = versions;
        this.clock = clock;
        approvals = new Approvals(jdbi);
        uses = new TemplateUses(jdbi);
        critic = new TemplateCritic(templates, fields, jdbi, alphabets);
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
        critic.judge(draft);
        uses.judge(template, draft);
        return become(template, draft, draft.id() == null ? Act.CREATED : Act.CHANGED, null);
    }

    private Template become(Template template, TemplateDraft draft, Act act, Integer from) {
        Optional<String> offer = offer(template, draft);
        if (offer.isPresent()) {
            if (draft.id() == null || template.purpose() == Purpose.MARKETING || template.deleted()) {
                TemplateDraft asOffer = draft.asOffer();
                critic.judge(asOffer);
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
        critic.judge(draft);
        uses.judge(template, draft);
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
        critic.judge(draft);
        uses.judge(template, draft);
        return become(template, draft, Act.RESTORED, number);
    }

    /** Refused while notifications use it, naming where (P-37). */
    @Transactional
    public void delete(Scope scope, long id, Actor author) {
        Template template = known(scope, id, null);
        if (template.deleted()) {
            throw Invalid.unknown("template", id);
        }
        List<Use> used = uses.of(id, Channel.values());
        if (!used.isEmpty()) {
            throw new Invalid("template", "template.used", TemplateUses.named(used));
        }
        template.delete();
        keep(template, Act.DELETED, null, author);
    }

    /** Locked; one from before versions were kept gets its first now, while its state is still there. */
    private Template known(Scope scope, long id, Integer shown) {
        Template template = templates.lock(id).orElseThrow(() -> Invalid.unknown("template", id));
        if (uses.of(id, Channel.values()).stream().anyMatch(use -> use.location() == null ? !scope.all() : !scope.allows(use.location()))) {
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
}
