package org.carillon.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.Seeded;
import org.carillon.TestDatabase;
import org.carillon.audience.CustomerGroup.Side;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** B-18: customers under a name. */
class GroupDeskTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Actor ACTOR = Actor.system("test");
    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private final CustomerGroups groups = new CustomerGroups(jdbi);
    private final FieldCatalogue catalogue = new FieldCatalogue(World.CATALOGUE.asked(), List.of(groups));
    private final AudienceDesk audiences = new AudienceDesk(jdbi, catalogue, new ApplicationClock(jdbi));
    private final GroupDesk desk = new GroupDesk(jdbi, groups, catalogue, audiences, new ApplicationClock(jdbi), List.of(ref -> ref.equals("amis") ? List.of("Relance") : List.of()));
    private long montreal;
    private long paris;
    private final TreeMap<String, Long> people = new TreeMap<>();

    @BeforeEach
    void customersOfTwoLocations() {
        montreal = id("insert into location (code, name, zone, country, language) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr') returning id");
        paris = id("insert into location (code, name, zone, country, language) values ('PAR', 'Paris', 'Europe/Paris', 'FR', 'fr') returning id");
        for (String name : List.of("Ann", "Anna", "Bob", "Cleo", "Dan", "Zoé")) {
            people.put(name, id("insert into customer (location_id, ref, source, name, language, created_at) values (" + (name.equals("Zoé") ? paris : montreal) + ", '" + name + "', 'dms', '" + name
                + "', 'fr', now()) returning id"));
        }
    }

    private long id(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    private static Comparison name(Operator operator, String text) { return new Comparison("customer.name", operator, new Value.Text(text)); }

    private static Comparison group(Operator operator, String ref) { return new Comparison(CustomerGroup.FIELD, operator, new Value.Text(ref)); }

    private static Audience rules(Comparison... all) { return Audience.of(Stream.of(all).map(List::of).toList()); }

    private Set<String> of(Scope scope, Audience audience) {
        assertEquals(audiences.members(scope, audience, null, null, 100).size(), audiences.count(scope, audience, Channel.SMS, false).matched());
        return audiences.members(scope, audience, null, null, 100).stream().map(AudienceDesk.Member::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> of(Audience audience) { return of(Scope.everything(), audience); }

    @Test @DisplayName("Rules, those added and those excluded make a group; rules and other groups ask for it, explained for one customer")
    void gathersAndExcludes() {
        CustomerGroup ann = desk.create(Scope.everything(), "Amis d’Ann", rules(name(Operator.CONTAINS, "ann")), ACTOR);
        assertEquals("amis-d-ann", ann.ref());
        assertEquals(Set.of("Ann", "Anna"), of(GroupDesk.members(ann.ref())));
        desk.put(Scope.everything(), ann.id(), people.get("Zoé"), Side.IN);
        desk.put(Scope.everything(), ann.id(), people.get("Anna"), Side.OUT);
        assertEquals(Set.of("Ann", "Zoé"), of(GroupDesk.members("AMIS-d-ann ")));
        assertEquals(Set.of("Anna", "Bob", "Cleo", "Dan"), of(rules(group(Operator.IS_NOT, ann.ref()))));
        assertEquals(Set.of("Ann"), of(Scope.of(Set.of(montreal)), GroupDesk.members(ann.ref())), "whom one sees of it");
        CustomerGroup more = desk.create(Scope.everything(), "Plus", Audience.of(List.of(List.of(group(Operator.IS, ann.ref()), name(Operator.IS, "Bob")))), ACTOR);
        assertEquals(Set.of("Ann", "Bob", "Zoé"), of(GroupDesk.members(more.ref())));
        assertEquals(Set.of("Bob"), of(rules(group(Operator.IS, more.ref()), group(Operator.IS_NOT, ann.ref()))));
        assertEquals(List.of("Amis d’Ann", "Plus"), desk.of(Scope.everything(), people.get("Zoé")).stream().map(CustomerGroup::name).toList());
        assertEquals(List.of(), desk.of(Scope.everything(), people.get("Anna")));
        assertEquals(List.of(true, false), audiences.explain(Scope.everything(), Scope.everything(), Audience.of(List.of(List.of(group(Operator.IS, ann.ref()), group(Operator.IS_NOT, ann.ref())))), people.get("Zoé"))
            .groups().get(0).stream().map(Explanation.Answer::answer).toList());
        desk.release(Scope.everything(), ann.id(), people.get("Zoé"));
        assertEquals(Set.of("Ann"), of(GroupDesk.members(ann.ref())));
        assertEquals(List.of("Anna"), desk.manual(Scope.everything(), ann.id()).stream().map(CustomerGroup.Manual::name).toList());
    }

    @Test @DisplayName("A group without rules has those who were added")
    void needsNoRules() {
        CustomerGroup club = desk.create(Scope.everything(), "Club", null, ACTOR);
        assertEquals(Set.of(), of(GroupDesk.members(club.ref())));
        desk.put(Scope.everything(), club.id(), people.get("Dan"), Side.IN);
        assertEquals(Set.of("Dan"), of(GroupDesk.members(club.ref())));
    }

    @Test @DisplayName("Refused by name: itself directly or over others, one that is not there, one in use, a name twice, a customer out of sight")
    void refusesByName() {
        CustomerGroup a = desk.create(Scope.everything(), "Amis", rules(name(Operator.IS, "Ann")), ACTOR);
        CustomerGroup b = desk.create(Scope.everything(), "Bons amis", rules(group(Operator.IS, a.ref())), ACTOR);
        assertEquals("groups[0][0].value audience.groupCycle [Amis]", refused(() -> desk.change(Scope.everything(), a.id(), a.version(), "Amis", rules(group(Operator.IS_NOT, a.ref())), ACTOR)));
        assertEquals("groups[0][0].value audience.groupCycle [Bons amis]", refused(() -> desk.change(Scope.everything(), a.id(), a.version(), "Amis", rules(group(Operator.IS, b.ref())), ACTOR)));
        assertEquals("groups[0][0].value audience.group [nowhere]", refused(() -> desk.create(Scope.everything(), "C", rules(group(Operator.IS, "nowhere")), ACTOR)));
        assertEquals("groups[0][0].operator audience.operator [customer.group, contains]", refused(() -> desk.create(Scope.everything(), "C", rules(group(Operator.CONTAINS, "amis")), ACTOR)));
        assertEquals("null group.used [Amis, Bons amis, Relance]", refused(() -> desk.delete(Scope.everything(), a.id())));
        assertEquals("name group.taken [AMIS]", refused(() -> desk.create(Scope.everything(), "AMIS", null, ACTOR)));
        assertEquals("customer customer.unknown [" + people.get("Zoé") + "]", refused(() -> desk.put(Scope.of(Set.of(montreal)), a.id(), people.get("Zoé"), Side.IN)));
        desk.change(Scope.everything(), b.id(), b.version(), "Bons amis", rules(name(Operator.IS, "Bob")), ACTOR);
        assertEquals("null conflict []", refused(() -> desk.change(Scope.everything(), b.id(), b.version(), "Bons amis", null, ACTOR)));
        desk.delete(Scope.everything(), b.id());
        assertEquals(List.of("Amis"), groups.all().stream().map(CustomerGroup::name).toList());
    }

    @Test @DisplayName("SEC-13: what holds for the company is changed by those who see all of it; counted by hand are those whom one sees")
    void isChangedByThoseWhoSeeAllOfIt() {
        Scope here = Scope.of(Set.of(montreal));
        CustomerGroup club = desk.create(Scope.everything(), "Club", null, ACTOR);
        assertEquals("null group.companyWide []", refused(() -> desk.create(here, "Fidèles", null, ACTOR)));
        assertEquals("null group.companyWide []", refused(() -> desk.change(here, club.id(), club.version(), "Club", rules(name(Operator.IS, "Ann")), ACTOR)));
        assertEquals("null group.companyWide []", refused(() -> desk.delete(here, club.id())));
        assertEquals("null group.companyWide []", refused(() -> desk.delete(Scope.of(Set.of(montreal, paris)), club.id())), "a location may still come");
        assertEquals(List.of(club), groups.all());
        desk.put(here, club.id(), people.get("Ann"), Side.IN);
        desk.put(Scope.everything(), club.id(), people.get("Zoé"), Side.IN);
        assertEquals(java.util.Map.of(club.id(), java.util.Map.of(Side.IN, 1)), desk.byHand(here));
        assertEquals(java.util.Map.of(club.id(), java.util.Map.of(Side.IN, 2)), desk.byHand(Scope.everything()));
        assertEquals("customer customer.unknown [" + people.get("Zoé") + "]", refused(() -> desk.release(here, club.id(), people.get("Zoé"))));
        assertEquals(List.of("Ann"), desk.manual(here, club.id()).stream().map(CustomerGroup.Manual::name).toList());
    }

    private static String refused(Runnable deed) {
        Invalid refusal = assertThrows(Invalid.class, deed::run);
        return refusal.field() + " " + refusal.key() + " " + refusal.arguments();
    }

    @Test @DisplayName("B-18: random groups of groups with members and exclusions, against sets in memory")
    void agreesWithSets() {
        int[] rounds = {0};
        Seeded.run(12, random -> {
            int round = rounds[0]++;
            List<CustomerGroup> made = new ArrayList<>();
            List<Set<String>> meant = new ArrayList<>();
            for (int g = 0; g < 4; g++) {
                String letter = Seeded.oneOf(random, List.of("a", "n", "o", "z", "q"));
                Set<String> set = people.keySet().stream().filter(p -> p.toLowerCase(java.util.Locale.ROOT).contains(letter)).collect(Collectors.toCollection(TreeSet::new));
                List<List<Comparison>> rules = new ArrayList<>(List.of(new ArrayList<>(List.of(name(Operator.CONTAINS, letter)))));
                if (!made.isEmpty() && random.nextBoolean()) {
                    int other = random.nextInt(made.size());
                    boolean is = random.nextBoolean(), and = random.nextBoolean();
                    Comparison asked = group(is ? Operator.IS : Operator.IS_NOT, made.get(other).ref());
                    Set<String> there = people.keySet().stream().filter(p -> meant.get(other).contains(p) == is).collect(Collectors.toSet());
                    if (and) {
                        rules.add(List.of(asked));
                        set.retainAll(there);
                    } else {
                        rules.get(0).add(asked);
                        set.addAll(there);
                    }
                }
                CustomerGroup group = desk.create(Scope.everything(), "R" + round + "-" + g, Audience.of(rules), ACTOR);
                for (String person : people.keySet()) {
                    int hand = random.nextInt(5);
                    if (hand < 2) {
                        desk.put(Scope.everything(), group.id(), people.get(person), hand == 0 ? Side.IN : Side.OUT);
                        boolean kept = hand == 0 ? set.add(person) : set.remove(person);
                    }
                }
                assertEquals(set, of(GroupDesk.members(group.ref())), () -> "round, " + group);
                made.add(group);
                meant.add(set);
            }
        });
    }
}
