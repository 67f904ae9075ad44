package org.carillon.audience;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.audience.CustomerGroup.Manual;
import org.carillon.audience.CustomerGroup.Side;
import org.carillon.customer.Customers;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Where people keep customer groups (B-18). A group belongs to the company: its name and rules are changed by those who see all of it, since automations
 * of every location may ask for it. Whom one sees in it, and may put in or keep out by hand, is a matter of scope (SEC-13).
 */
@ApplicationScoped
public class GroupDesk {

    private static final int LONGEST_NAME = 60;
    /** Of those put in or kept out by hand, as a page shows them. */
    private static final int SHOWN = 200;

    private final Jdbi jdbi;
    private final CustomerGroups groups;
    private final FieldCatalogue catalogue;
    private final AudienceDesk audiences;
    private final ApplicationClock clock;
    private final Iterable<GroupUse> uses;

    protected GroupDesk() { this(null, null, null, null, null, List.of()); }

    @Inject
    public GroupDesk(Jdbi jdbi, CustomerGroups groups, FieldCatalogue catalogue, AudienceDesk audiences, ApplicationClock clock, Instance<GroupUse> uses) {
        this(jdbi, groups, catalogue, audiences, clock, (Iterable<GroupUse>) uses);
    }

    GroupDesk(Jdbi jdbi, CustomerGroups groups, FieldCatalogue catalogue, AudienceDesk audiences, ApplicationClock clock, Iterable<GroupUse> uses) {
        this.jdbi = jdbi;
        this.groups = groups;
        this.catalogue = catalogue;
        this.audiences = audiences;
        this.clock = clock;
        this.uses = uses;
    }

    /** Whoever is in a group, as rules. */
    public static Audience members(String ref) { return Audience.of(List.of(List.of(is(ref)))); }

    private static Comparison is(String ref) { return new Comparison(CustomerGroup.FIELD, Operator.IS, new Value.Text(ref)); }

    /** @param audience null or empty for a group without rules */
    @Transactional
    public CustomerGroup create(Scope scope, String name, Audience audience, Actor actor) {
        companyWide(scope);
        String json = judged(null, audience);
        String called = called(name, -1);
        Set<String> taken = groups.all().stream().map(CustomerGroup::ref).collect(Collectors.toSet());
        String stem = stem(called);
        String ref = Stream.iterate(1, n -> n + 1).map(n -> n == 1 ? stem : stem + "-" + n).filter(r -> !taken.contains(r)).findFirst().orElseThrow();
        long id = jdbi.withHandle(h -> h.createQuery("insert into customer_group (ref, name, audience, changed_at, changed_by) values (:ref, :name, :audience::jsonb, :now, :by) returning id")
            .bind("ref", ref).bind("name", called).bind("audience", json).bind("now", clock.now()).bind("by", actor.key()).mapTo(Long.class).one());
        return groups.find(id).orElseThrow();
    }

    /** @param version the one that the form showed: a change made since then is reported, not overwritten */
    @Transactional
    public CustomerGroup change(Scope scope, long id, int version, String name, Audience audience, Actor actor) {
        companyWide(scope);
        CustomerGroup group = known(id);
        String json = judged(group.ref(), audience);
        Instant now = clock.now();
        int done = jdbi.withHandle(h -> h.createUpdate("update customer_group set name = :name, audience = :audience::jsonb, version = version + 1, changed_at = :now, changed_by = :by "
                + "where id = :id and version = :version").bind("name", called(name, id)).bind("audience", json).bind("now", now).bind("by", actor.key()).bind("id", id).bind("version", version).execute());
        if (done == 0) {
            throw new Invalid(null, "conflict");
        }
        return known(id);
    }

    /** A group is never part of itself, directly or by way of others. */
    private String judged(String ref, Audience audience) {
        if (audience == null || audience.groups().isEmpty()) {
            return null;
        }
        List<Invalid> wrong = Judge.of(audience, catalogue.now(), ref == null ? Set.of() : Set.of(ref));
        if (!wrong.isEmpty()) {
            throw wrong.get(0);
        }
        return AudienceJson.write(audience).toString();
    }

    private String called(String name, long except) {
        if (name == null || name.isBlank()) {
            throw new Invalid("name", "required");
        }
        String called = name.strip();
        if (called.length() > LONGEST_NAME) {
            throw new Invalid("name", "text.long", LONGEST_NAME);
        }
        if (groups.all().stream().anyMatch(g -> g.id() != except && g.name().toLowerCase(Locale.ROOT).equals(called.toLowerCase(Locale.ROOT)))) {
            throw new Invalid("name", "group.taken", called);
        }
        return called;
    }

    private static String stem(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return plain.isEmpty() ? "group" : plain.substring(0, Math.min(50, plain.length()));
    }

    /** @throws Invalid naming what uses it */
    @Transactional
    public void delete(Scope scope, long id) {
        companyWide(scope);
        CustomerGroup group = known(id);
        List<String> users = new ArrayList<>(groups.all().stream().filter(g -> g.id() != id && g.names(group.ref())).map(CustomerGroup::name).toList());
        uses.forEach(use -> users.addAll(use.of(group.ref())));
        if (!users.isEmpty()) {
            throw new Invalid(null, "group.used", group.name(), String.join(", ", users));
        }
        jdbi.useHandle(h -> h.createUpdate("delete from customer_group where id = :id").bind("id", id).execute());
    }

    /** Adds a customer whatever the rules say, or keeps one out. */
    @Transactional
    public void put(Scope scope, long id, long customer, Side side) {
        known(id);
        jdbi.useHandle(h -> {
            visible(h, scope, customer);
            h.createUpdate("insert into customer_group_member (group_id, customer_id, side) values (:group, :customer, :side) on conflict (group_id, customer_id) do update set side = excluded.side")
                .bind("group", id).bind("customer", customer).bind("side", side).execute();
        });
    }

    /** Leaves a customer to the rules again. */
    @Transactional
    public void release(Scope scope, long id, long customer) {
        jdbi.useHandle(h -> {
            visible(h, scope, customer);
            h.createUpdate("delete from customer_group_member where group_id = :group and customer_id = :customer").bind("group", id).bind("customer", customer).execute();
        });
    }

    /** Those put in or kept out by hand whom one may see, by name. */
    public List<Manual> manual(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery("select c.id, c.name, m.side from customer_group_member m join customer c on c.id = m.customer_id where m.group_id = :group and c.erased_at is null and "
                + Customers.VISIBLE + " order by c.name, c.id limit :most").bind("group", id).bind("everywhere", scope.all()).bind("locations", scope.ids()).bind("most", SHOWN)
            .map((r, c) -> new Manual(r.getLong("id"), r.getString("name"), Side.valueOf(r.getString("side")))).list());
    }

    /** How many of those whom one may see were put in and kept out by hand, by group. */
    public Map<Long, Map<Side, Integer>> byHand(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select m.group_id, m.side, count(*)::int n from customer_group_member m join customer c on c.id = m.customer_id where c.erased_at is null and "
                + Customers.VISIBLE + " group by 1, 2").bind("everywhere", scope.all()).bind("locations", scope.ids())
            .map((r, c) -> Map.entry(r.getLong("group_id"), Map.entry(Side.valueOf(r.getString("side")), r.getInt("n")))).list()).stream()
            .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.toMap(e -> e.getValue().getKey(), e -> e.getValue().getValue())));
    }

    /** The groups that a customer is in; one whose rules cannot be asked any more is left out. */
    public List<CustomerGroup> of(Scope scope, long customer) {
        FieldCatalogue fields = catalogue.now();
        List<CustomerGroup> sound = groups.all().stream().filter(g -> Judge.of(members(g.ref()), fields).isEmpty()).limit(Judge.MOST).toList();
        if (sound.isEmpty()) {
            return List.of();
        }
        List<Explanation.Answer> answers = audiences.explain(scope, scope, Audience.of(List.of(sound.stream().map(g -> is(g.ref())).toList())), customer).groups().get(0);
        return sound.stream().filter(g -> answers.get(sound.indexOf(g)).answer()).toList();
    }

    private static void companyWide(Scope scope) {
        if (!scope.all()) {
            throw new Invalid(null, "group.companyWide");
        }
    }

    private CustomerGroup known(long id) { return groups.find(id).orElseThrow(() -> Invalid.unknown("group", id)); }

    private static void visible(Handle h, Scope scope, long customer) {
        h.createQuery("select c.id from customer c where c.id = :id and c.erased_at is null and " + Customers.VISIBLE).bind("id", customer).bind("everywhere", scope.all()).bind("locations", scope.ids())
            .mapTo(Long.class).findOne().orElseThrow(() -> Invalid.unknown("customer", customer));
    }
}
