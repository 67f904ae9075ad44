package org.carillon.web.group;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.AudienceDesk.Member;
import org.carillon.audience.CustomerGroup;
import org.carillon.audience.CustomerGroup.Manual;
import org.carillon.audience.CustomerGroup.Side;
import org.carillon.audience.CustomerGroups;
import org.carillon.audience.GroupDesk;
import org.carillon.fact.Invalid;
import org.carillon.report.CustomerList;
import org.carillon.report.CustomerList.Pick;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.audience.RuleEditor;
import org.carillon.web.audience.RuleWords;

/** A customer group: its rules, whom one adds or excludes by hand, and whoever is in it. */
@Named("groupEdit") @ViewScoped
public class EditPage implements Serializable {

    private static final int SIZE = 25;

    @Inject private CustomerGroups groups;
    @Inject private GroupDesk desk;
    @Inject private AudienceDesk audiences;
    @Inject private CustomerList customers;
    @Inject private RuleWords words;
    @Inject private Current current;
    @Inject private Notices notices;
    private String id;
    private String after;
    private int version;
    private String name;
    private String ref;
    private RuleEditor rules = RuleEditor.of(null);
    private Pick customer;
    private transient List<Manual> manual;
    private transient List<Member> members;

    /** Called on GET only. */
    public void open() {
        if (id != null) {
            groups.find(number()).ifPresentOrElse(this::take, Pages::notFound);
        } else if (!isMine()) {
            Pages.notFound();
        }
    }

    /** Whether this person may change its name and rules; customers that one sees may be put in by anybody who opens the page. */
    public boolean isMine() { return current.getScope().all(); }

    private void take(CustomerGroup group) {
        version = group.version();
        name = group.name();
        ref = group.ref();
        rules = RuleEditor.of(group.audience());
    }

    private long number() { return Pages.number(id) == null ? -1 : Pages.number(id); }

    /** A group without rules is one of those who are added by hand. */
    public void save() {
        if (!rules.isBlank() && !words.accepts(rules)) {
            notices.refuse("form", new Invalid(null, "group.rules"));
            return;
        }
        try {
            CustomerGroup group = isNew() ? desk.create(current.getScope(), name, rules.audience(), current.actor()) : desk.change(current.getScope(), number(), version, name, rules.audience(), current.actor());
            notices.doneThen("group", isNew() ? "edit.created" : "edit.saved", group.name());
            Pages.go("/group/edit.xhtml", Map.of("id", group.id()));
        } catch (Invalid refusal) {
            if (refusal.field() != null && refusal.field().startsWith("groups")) {
                rules.refuse(refusal);
                notices.refuse("form", new Invalid(null, "group.rules"));
            } else {
                notices.refuse("form", refusal);
            }
        }
    }

    public void delete() {
        if (notices.attempt("form", () -> {
            desk.delete(current.getScope(), number());
            notices.doneThen("group", "edit.deleted", name);
        })) {
            Pages.go("/group/list.xhtml", Map.of());
        }
    }

    public List<Pick> suggest(String typed) { return customers.suggest(current.getScope(), typed); }

    public void put(String side) {
        if (customer == null) {
            notices.refuse("hands", new Invalid("customer", "group.customer"));
            return;
        }
        hand("edit." + side, customer.name(), () -> desk.put(current.getScope(), number(), customer.id(), Side.valueOf(side)));
    }

    public void exclude(long member, String called) { hand("edit.OUT", called, () -> desk.put(current.getScope(), number(), member, Side.OUT)); }

    public void release(long member, String called) { hand("edit.released", called, () -> desk.release(current.getScope(), number(), member)); }

    private void hand(String done, String called, Runnable deed) {
        if (notices.attempt("hands", deed)) {
            customer = null;
            manual = null;
            members = null;
            notices.done("group", done, called);
        }
    }

    public List<Manual> getManual() {
        if (manual == null) {
            manual = desk.manual(current.getScope(), number());
        }
        return manual;
    }

    /** Those who are in it as it is stored, one more than is shown. */
    private List<Member> page() {
        if (members == null) {
            boolean readable = groups.find(number()).map(CustomerGroup::audience).map(RuleEditor::of).map(words::sound).orElse(true);
            members = readable ? audiences.members(current.getScope(), GroupDesk.members(ref), null, Pages.number(after), SIZE + 1) : List.of();
        }
        return members;
    }

    public List<Member> getMembers() { return page().subList(0, Math.min(SIZE, page().size())); }
    public String getNext() { return page().size() > SIZE ? Pages.address("/group/edit.xhtml", Map.of("id", id, "after", page().get(SIZE - 1).id())) : null; }
    public String getFirst() { return after == null ? null : Pages.address("/group/edit.xhtml", Map.of("id", id)); }
    public boolean isNew() { return id == null; }
    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
    public String getAfter() { return after; }
    public void setAfter(String after) { this.after = after; }
    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
    public String getRef() { return ref; }
    public RuleEditor getRules() { return rules; }
    public Pick getCustomer() { return customer; }
    public void setCustomer(Pick customer) { this.customer = customer; }
}
