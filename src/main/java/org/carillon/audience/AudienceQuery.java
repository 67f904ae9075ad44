package org.carillon.audience;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Subject;

/**
 * Compiles an audience to one set-based statement for each zone of the locations in scope. Windows of time become ranges over indexed columns,
 * everything about other objects a (not) exists, so that the database chooses what drives; nothing that people wrote is part of the text.
 */
public final class AudienceQuery {

    private final FieldCatalogue catalogue;
    private final Audience audience;
    private final Moment moment;
    private final List<Zones.Zone> zones;
    private final Zones.Zone zone;
    private final Target target;
    private final Binder binder;
    private final Conditions conditions;

    private AudienceQuery(Audience audience, FieldCatalogue catalogue, Collection<LocalDays> places, List<Zones.Zone> zones, Zones.Zone zone, Moment moment, Binder binder) {
        this.audience = audience;
        this.catalogue = catalogue;
        this.zones = zones;
        this.zone = zone;
        this.moment = moment;
        this.binder = binder;
        this.target = Target.of(audience, catalogue);
        this.conditions = new Conditions(catalogue, places, zones, moment, binder);
    }

    /**
     * @param places every location of the company: an aggregate looks at objects of all of them
     * @param scope  the locations whose objects, or customers, are meant
     * @throws IllegalArgumentException where {@link Judge} finds something
     */
    public static List<Statement> compile(Audience audience, FieldCatalogue catalogue, Collection<LocalDays> places, Set<Long> scope, Moment moment) {
        return compile(audience, catalogue, places, scope, moment, "");
    }

    static List<Statement> compile(Audience audience, FieldCatalogue catalogue, Collection<LocalDays> places, Set<Long> scope, Moment moment, String prefix) {
        if (!Judge.of(audience, catalogue).isEmpty()) {
            throw new IllegalArgumentException("not judged: " + Judge.of(audience, catalogue).get(0).getMessage());
        }
        List<Zones.Zone> zones = Zones.of(audience, catalogue, places, moment);
        List<Statement> statements = new ArrayList<>();
        for (Zones.Zone zone : zones) {
            if (!zone.in(scope).isEmpty()) {
                Binder binder = new Binder(prefix + "z" + statements.size() + "q");
                String sql = new AudienceQuery(audience, catalogue, places, zones, zone, moment, binder).sql(zone.in(scope));
                statements.add(new Statement(sql, binder.values()));
            }
        }
        return statements;
    }

    /** The single objects that messages are about, each for itself; empty where they are about a person, whatever object an aggregate picks (A-15d). */
    public static Optional<Subject.Type> objects(Audience audience, FieldCatalogue catalogue) {
        return Target.of(audience, catalogue) instanceof Target.Objects objects ? Optional.of(objects.category().subject()) : Optional.empty();
    }

    /** What objects of the target say of themselves, meant or not: subject_type, subject_id and entry; empty where messages are about a person (A-15d). */
    public static Optional<Statement> entry(Audience audience, FieldCatalogue catalogue) {
        if (!(Target.of(audience, catalogue) instanceof Target.Objects objects)) {
            return Optional.empty();
        }
        Binder binder = new Binder("w");
        String entry = new AudienceQuery(audience, catalogue, List.of(), List.of(), null, Moment.at(Instant.EPOCH), binder).entry(objects.category());
        return Optional.of(new Statement("select '" + objects.category().subject() + "' subject_type, t.id subject_id, " + entry + " entry from " + objects.category().rows() + " t", binder.values()));
    }

    /**
     * The same conditions as columns, for one customer: {@code a0, a1, ...} say whether each comparison holds, {@code v0, v1, ...} what its field says, about
     * the object of the target that meets most of the groups. Instants are in seconds since 1970. Answers are those that count, so what a customer has
     * anywhere is in them; what fields say is of objects that the reader may see, and {@code h0, h1, ...} tell whether there are others (SEC-13).
     *
     * @param seen the locations that the reader may see, null for all
     */
    public static Statement explain(Audience audience, FieldCatalogue catalogue, Collection<LocalDays> places, Moment moment, long customer, Set<Long> seen) {
        List<Zones.Zone> zones = Zones.of(audience, catalogue, places, moment);
        Binder binder = new Binder("e");
        String sql = new AudienceQuery(audience, catalogue, places, zones, null, moment, binder).columns(customer, seen == null ? null : Binder.ids(List.copyOf(seen)));
        return new Statement(sql, binder.values());
    }

    private String columns(long customer, String seen) {
        Category own = target instanceof Target.Objects objects ? objects.category() : null;
        List<String> columns = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        int n = 0;
        for (List<Comparison> group : audience.groups()) {
            List<String> any = new ArrayList<>();
            for (Comparison c : group) {
                any.add("coalesce(" + alone(c, own) + ", false)");
                Field field = catalogue.asked(c.field());
                String alias = other(c, own) ? null : own(c, own) ? "t" : "c";
                columns.add(any.get(any.size() - 1) + " a" + n + ", " + conditions.value(field, alias, seen) + " v" + n + ", " + conditions.hides(field, alias, seen) + " h" + n++);
            }
            groups.add("(" + String.join(" or ", any) + ")::int");
        }
        return "select " + String.join(", ", columns) + " from customer c" + (own == null ? "" : " left join " + own.rows() + " t on t.customer_id = c.id and " + Conditions.as("t", own.which()) + Conditions.as("t", Conditions.within(own, seen)))
            + " where c.id = " + customer + " order by " + String.join(" + ", groups) + " desc" + (own == null ? "" : ", t.id desc") + " limit 1";
    }

    private String alone(Comparison c, Category own) {
        Field field = catalogue.asked(c.field());
        if (!other(c, own)) {
            return conditions.of(field, List.of(c), own(c, own) ? "t" : "c", null).get(0);
        }
        Category category = field.asked().category();
        return "exists (select from " + category.rows() + " o where o.customer_id = c.id and " + Conditions.as("o", category.which()) + " and " + conditions.of(field, List.of(c), "o", null).get(0) + ")";
    }

    private String sql(List<Long> locations) {
        String here = " = any(" + Binder.ids(locations) + ")";
        if (target instanceof Target.Objects objects) {
            return objects(objects.category(), here);
        }
        if (target instanceof Target.Giver giver) {
            Asked.Extreme a = giver.aggregate();
            String order = a.latest() ? " desc" : "";
            return "select c.id customer_id, case when t.id is null then 'CUSTOMER' else '" + a.category().subject() + "' end subject_type, coalesce(t.id, c.id) subject_id, "
                + "coalesce(t.location_id, c.location_id) location_id, null::text entry, " + Silence.columns(audience, catalogue, a.category(), "t") + " from customer c left join lateral (select x.* from "
                + a.category().rows() + " x where x.customer_id = c.id and " + conditions.of(a.category(), a.among()) + " order by " + a.sql() + order + ", x.id" + order + " limit 1) t on true "
                + "where coalesce(t.location_id, c.location_id)" + here + " and " + person(null);
        }
        return "select c.id customer_id, 'CUSTOMER' subject_type, c.id subject_id, c.location_id, null::text entry, " + Silence.NONE + " from customer c where c.location_id" + here + " and " + person(null);
    }

    private String objects(Category category, String here) {
        boolean anchored = audience.groups().stream().anyMatch(g -> g.stream().allMatch(c -> own(c, category)));
        String select = "select c.id customer_id, " + (anchored ? "'" + category.subject() + "'" : "case when t.id is null then '" + Subject.Type.CUSTOMER + "' else '" + category.subject() + "' end")
            + " subject_type, " + (anchored ? "t.id" : "coalesce(t.id, c.id)") + " subject_id, " + (anchored ? "t.location_id" : "coalesce(t.location_id, c.location_id)") + " location_id, "
            + entry(category) + " entry, " + Silence.columns(audience, catalogue, category, "t") + " from ";
        return anchored ? select + category.rows() + " t join customer c on c.id = t.customer_id where t.location_id" + here + " and " + Conditions.as("t", category.which()) + " and " + person(category)
            : select + "customer c left join " + category.rows() + " t on t.customer_id = c.id and " + Conditions.as("t", category.which())
                + " where coalesce(t.location_id, c.location_id)" + here + " and " + person(category);
    }

    private boolean own(Comparison c, Category category) {
        Asked asked = asked(c);
        return asked instanceof Asked.Own && asked.category().equals(category);
    }

    private Asked asked(Comparison c) { return catalogue.asked(c.field()).asked(); }

    /**
     * What makes an object match anew: the values that the rules name of it, where a change of them is a new occasion. A rule that excludes makes
     * none, nor does one of several alternatives: moving from one to another is no new occasion.
     */
    private String entry(Category category) {
        Set<String> entries = new LinkedHashSet<>();
        for (List<Comparison> group : audience.groups()) {
            List<Comparison> named = group.stream().filter(c -> own(c, category) && c.operator() != Operator.IS_NOT && c.operator() != Operator.DOES_NOT_CONTAIN).toList();
            if (named.stream().map(c -> ((Asked.Own) asked(c)).entries()).distinct().count() == 1 && !((Asked.Own) asked(named.get(0))).entries().isEmpty()
                    && (group.size() == 1 || Grammar.dated(catalogue.asked(group.get(0).field())))) {
                entries.add(conditions.entry(catalogue.asked(named.get(0).field()), named.get(0), "t"));
            }
        }
        return entries.isEmpty() ? "null::text" : "concat_ws(' ', " + String.join(", ", entries) + ")";
    }

    /** All groups; those that speak of single objects of further categories are put together by category, so that they mean the same object. */
    private String person(Category own) {
        List<String> all = new ArrayList<>(List.of("c.erased_at is null"));
        for (Set<List<Comparison>> bound : bound(own)) {
            Set<Category> others = bound.stream().flatMap(List::stream).filter(c -> other(c, own)).map(c -> asked(c).category()).collect(Collectors.toCollection(LinkedHashSet::new));
            all.add(others.isEmpty() ? group(bound.iterator().next(), own, Map.of()) : exists(bound, others, own));
        }
        return String.join(" and ", all);
    }

    private boolean other(Comparison c, Category own) {
        Asked asked = asked(c);
        return asked instanceof Asked.Own && !asked.category().isCustomer() && !asked.category().equals(own);
    }

    /** Groups that share a further category, directly or by way of others. */
    private List<Set<List<Comparison>>> bound(Category own) {
        List<Set<List<Comparison>>> sets = new ArrayList<>();
        for (List<Comparison> group : audience.groups()) {
            Set<List<Comparison>> joined = new LinkedHashSet<>(List.of(group));
            Set<Category> mine = group.stream().filter(c -> other(c, own)).map(c -> asked(c).category()).collect(Collectors.toSet());
            List<Set<List<Comparison>>> touching = sets.stream().filter(s -> s.stream().flatMap(List::stream).anyMatch(c -> other(c, own) && mine.contains(asked(c).category()))).toList();
            touching.forEach(joined::addAll);
            sets.removeAll(touching);
            sets.add(joined);
        }
        return sets;
    }

    /** An object that no group demands may be missing; a rule about it is false then (A-15a). */
    private String exists(Set<List<Comparison>> groups, Set<Category> others, Category own) {
        Map<Category, String> aliases = new LinkedHashMap<>();
        others.forEach(category -> aliases.put(category, "o" + aliases.size()));
        StringBuilder from = new StringBuilder("(select 1) one");
        aliases.forEach((category, alias) -> {
            boolean demanded = groups.stream().anyMatch(g -> g.stream().allMatch(c -> own(c, category)));
            from.append(demanded ? " join " : " left join ").append(category.rows()).append(' ').append(alias).append(" on ").append(alias).append(".customer_id = c.id and ")
                .append(Conditions.as(alias, category.which()));
        });
        return "exists (select from " + from + " where " + groups.stream().map(g -> group(g, own, aliases)).collect(Collectors.joining(" and ")) + ")";
    }

    private String group(List<Comparison> group, Category own, Map<Category, String> aliases) {
        List<String> any = new ArrayList<>();
        Map<Field, List<Comparison>> byField = group.stream().collect(Collectors.groupingBy(c -> catalogue.asked(c.field()), LinkedHashMap::new, Collectors.toList()));
        byField.forEach((field, comparisons) -> {
            String alias = field.asked().category().isCustomer() ? "c" : field.asked().category().equals(own) ? "t" : aliases.get(field.asked().category());
            any.addAll(conditions.of(field, comparisons, alias, "t".equals(alias) ? zone : null));
        });
        return any.size() == 1 ? any.get(0) : "(" + String.join(" or ", any) + ")";
    }
}
