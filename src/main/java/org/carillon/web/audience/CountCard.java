package org.carillon.web.audience;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.carillon.audience.Audience;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.AudienceDesk.Count;
import org.carillon.audience.AudienceDesk.Member;
import org.carillon.audience.AudienceJson;
import org.carillon.audience.Moment;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.shop.Scope;
import org.carillon.web.Current;
import org.primefaces.PrimeFaces;

/** Whom rules reach while they are being typed, and the first of them; shown by {@code /WEB-INF/audience/count.xhtml} and {@code people.xhtml}. */
@Named("audienceCount") @ViewScoped
public class CountCard implements Serializable {

    private static final int FIRST = 20;
    /** What one page counts at a time. */
    private static final int CHANNELS = Channel.values().length;

    @Inject private AudienceDesk desk;
    @Inject private ApplicationClock clock;
    @Inject private FieldCatalogue catalogue;
    @Inject private RuleWords words;
    @Inject private Current current;
    private final Map<String, Count> counted = new LinkedHashMap<>();
    private Count count;
    private String shown;
    private String target;
    private Scope scope;
    private Moment at;
    private boolean standing;
    private List<Member> members = List.of();

    /**
     * Null as long as a rule is half filled in. Asked several times while a page is drawn, counted once for what is asked.
     *
     * @param scope    null for all that the reader may see
     * @param standing whether it is asked of a group, not of a message
     */
    public Count of(RuleEditor editor, String channel, boolean marketing, Scope scope, boolean standing) {
        if (editor == null || !words.sound(editor)) {
            return null;
        }
        this.standing = standing;
        Audience audience = editor.audience();
        String asked = AudienceJson.write(audience) + "/" + audience.target() + "/" + channel + "/" + marketing + "/" + scope;
        if (!counted.containsKey(asked)) {
            counted.keySet().removeIf(key -> counted.size() >= CHANNELS);
            Channel way = Channel.valueOf(channel);
            counted.put(asked, standing ? desk.count(seen(scope), audience, way, marketing) : desk.count(seen(scope), audience, way, marketing, clock.now()));
        }
        count = counted.get(asked);
        return count;
    }

    /** Counts again with the facts of now. */
    public void refresh() { counted.clear(); }

    private Scope seen(Scope scope) { return scope == null ? current.getScope() : scope; }

    public void show(RuleEditor editor, Scope scope) { show(editor, scope, null); }

    /** @param at a dry run's moment, null for now */
    public void show(RuleEditor editor, Scope scope, Moment at) {
        members = !words.accepts(editor) ? List.of() : at == null ? desk.members(seen(scope), editor.audience(), null, null, FIRST) : desk.members(seen(scope), editor.audience(), null, null, FIRST, at);
        PrimeFaces.current().executeScript("PF('audiencePeople').show()");
    }

    /** Opens the question why one customer is meant, or is not. */
    public void ask(RuleEditor editor, Scope scope) { ask(editor, scope, null); }

    /** @param at a dry run's moment, null for now */
    public void ask(RuleEditor editor, Scope scope, Moment at) {
        this.at = at;
        shown = AudienceJson.write(editor.audience()).toString();
        target = editor.audience().target();
        this.scope = seen(scope);
        PrimeFaces.current().executeScript("PF('audienceWhy').show()");
    }

    public Audience asked() { return shown == null ? Audience.of(List.of()) : AudienceJson.parse(shown, target, catalogue.now()); }

    public Scope scope() { return Objects.requireNonNullElseGet(scope, current::getScope); }

    /** Of which the question why is asked; null for now. */
    public Moment at() { return at; }

    public boolean standing() { return standing; }

    public List<Member> getMembers() { return members; }

    /** Parts of the bar, of a hundred. */
    public double share(int part) { return count == null || count.matched() == 0 ? 0 : 100.0 * part / count.matched(); }
}
