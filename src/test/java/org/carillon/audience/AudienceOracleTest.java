package org.carillon.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.Seeded;
import org.carillon.TestDatabase;
import org.carillon.fact.Field;
import org.carillon.fact.FieldType;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The compiled statement beside the meaning by brute force, over random facts and rules, each field of the catalogue and of a shop's own in each of its forms; {@code -Dcarillon.audiences=10000} asks more. */
class AudienceOracleTest {

    private static final int AUDIENCES = Integer.getInteger("carillon.audiences", 1_500);
    private static final int EACH = 150;
    private static final List<String> PHONES = List.of("514", "oui", "%", "514 555-1003", "1 (514) 555.1004", "+1 514 555 1005", "001 514 555-1006", "+1 (0)514 555-1007", "001 514 555", "+1 (0)514 555", "00", "10", "(0)514");
    /** A Monday and a Sunday in Toronto, the days of both changes of the clock there, one just before midnight and one just after. */
    private static final List<Instant> NOWS = List.of(Instant.parse("2026-11-23T15:07:11.123456Z"), Instant.parse("2026-11-22T16:00:00Z"), Instant.parse("2026-11-01T06:30:00Z"),
        Instant.parse("2026-03-08T07:00:00Z"), Instant.parse("2026-03-10T03:59:59.999999Z"), Instant.parse("2026-10-25T23:00:00Z"), Instant.parse("2026-04-04T15:00:00Z"));

    @Test @DisplayName("B-18, KI-36, A-01 to A-09, A-15a to A-15e, A-18, A-21: the statement finds whom the rules mean, in three zones, at the borders of days and when clocks change")
    void findsWhomTheRulesMean() {
        TestDatabase database = TestDatabase.fresh();
        AtomicInteger found = new AtomicInteger();
        AtomicInteger turn = new AtomicInteger();
        Set<String> never = new TreeSet<>();
        Seeded.run(AUDIENCES / EACH, random -> {
            Jdbi jdbi = database.emptied().owner();
            World world = new World(jdbi, random, Seeded.oneOf(random, NOWS));
            List<Asked> forms = world.catalogue.asked().stream().flatMap(field -> Grammar.of(field).stream().map(form -> new Asked(field, form))).toList();
            if (turn.get() == 0) {
                forms.forEach(form -> never.add(form.toString()));
            }
            for (int i = 0; i < EACH; i++) {
                Asked form = forms.get(turn.getAndIncrement() % forms.size());
                never.remove(form.toString());
                Audience audience = audience(random, form, forms);
                Moment moment = new Moment(world.now, random.nextInt(3) > 0 ? null : world.now.minus(Duration.ofMinutes(random.nextInt(60))));
                Set<String> expected = new Oracle(world, audience, moment).matches();
                assertEquals(expected, matches(jdbi, world, audience, moment, world.all()), () -> audience + " at " + moment);
                found.addAndGet(expected.size());
            }
        });
        assertTrue(found.get() > AUDIENCES, () -> "hardly anybody was meant: " + found);
        assertEquals(Set.of(), never, "never asked");
    }

    private static Set<String> matches(Jdbi jdbi, World world, Audience audience, Moment moment, Set<Long> scope) {
        Set<String> all = new TreeSet<>();
        for (Statement statement : AudienceQuery.compile(audience, world.catalogue, world.places, scope, moment)) {
            List<String> rows = jdbi.withHandle(h -> statement.bind(h.createQuery("select subject_type || ' ' || subject_id from (" + statement.sql() + ") m")).mapTo(String.class).list());
            rows.forEach(row -> assertTrue(all.add(row), () -> row + " twice: " + audience));
        }
        return all;
    }

    /** A field in one of the ways in which it can be asked. */
    private record Asked(Field field, Grammar.Form form) {
        @Override public String toString() { return field.code() + " " + form.operator() + " " + form.value().getSimpleName(); }
    }

    /** The given form, and others beside it; messages may be about any category that is named. */
    private static Audience audience(Random random, Asked first, List<Asked> forms) {
        List<List<Comparison>> groups = new ArrayList<>();
        for (int g = 1 + random.nextInt(3); g > 0; g--) {
            List<Comparison> group = new ArrayList<>();
            Asked one = groups.isEmpty() ? first : Seeded.oneOf(random, forms);
            Field same = one.field();
            List<Asked> others = random.nextInt(4) == 0 ? forms.stream().filter(f -> f.field() == same).toList() : forms;
            group.add(comparison(random, one.field(), one.form()));
            for (int c = random.nextInt(3) == 0 ? random.nextInt(3) : 0; c > 0; c--) {
                Asked other = Seeded.oneOf(random, others);
                group.add(comparison(random, other.field(), other.form()));
            }
            groups.add(group);
        }
        List<String> named = groups.stream().flatMap(List::stream).map(c -> c.field().substring(0, c.field().indexOf('.'))).toList();
        return new Audience(groups, random.nextInt(3) == 0 ? Seeded.oneOf(random, named) : null);
    }

    private static Comparison comparison(Random random, Field field, Grammar.Form form) {
        Class<?> kind = form.value();
        int days = random.nextInt(5);
        Value value = kind == Value.DaysAgo.class ? new Value.DaysAgo(days) : kind == Value.InDays.class ? new Value.InDays(days) : kind == Value.OpenDaysAgo.class ? new Value.OpenDaysAgo(days)
            : kind == Value.InOpenDays.class ? new Value.InOpenDays(days)
            : kind == Value.MinutesAgo.class ? new Value.MinutesAgo(Seeded.oneOf(random, List.of(0, 90, 120, 130, 600))) : kind == Value.None.class ? Value.NONE
            : field.code().equals("customer.group") ? new Value.Text(Seeded.oneOf(random, List.copyOf(World.GROUPS.keySet())))
            : field.type() == FieldType.PHONE && kind == Value.Text.class ? new Value.Text(Seeded.oneOf(random, PHONES))
            : kind == Value.Text.class ? new Value.Text(Seeded.oneOf(random, List.of("c97", "C", "n", "i98", "canceled", "Cancelled", "booked", "toyota", "Citroen", "new", "zoé  tremblay", "%", "_", "514", "oui", "re", "deja fait", "Thanks", "gold")))
            : new Value.Amount(BigDecimal.valueOf(random.nextInt(4)));
        return new Comparison(field.code(), form.operator(), value);
    }
}
