package org.carillon.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Jdbi;

/** Texts to the customers of a {@link Chain}, and what becomes of them. */
final class Crowd {

    private final Jdbi jdbi;
    private final Outbox outbox;
    private final List<long[]> people;
    private long number = 1_000_000;

    Crowd(DurableDatabase database, Outbox outbox) {
        this.outbox = outbox;
        jdbi = database.jdbi(2);
        people = jdbi.withHandle(h -> h.createQuery("select id, location_id from customer order by id limit 5000").map((r, c) -> new long[] {r.getLong(1), r.getLong(2)}).list());
    }

    /** Queues so many, each to a number of its own. Answers the first number; the others follow it. */
    long queue(int count, Purpose purpose, Instant now) {
        long first = number;
        List<NewMessage> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(next(purpose, now));
            if (some.size() == 500 || i == count - 1) {
                outbox.enqueue(some);
                some.clear();
            }
        }
        return first;
    }

    /** On that route and no other. */
    void queue(int count, String route, Instant now) {
        for (int i = 0; i < count; i++) {
            outbox.enqueue(next(Purpose.TRANSACTIONAL, now), route, "bench");
        }
    }

    private NewMessage next(Purpose purpose, Instant now) {
        long[] person = people.get((int) (number % people.size()));
        return new NewMessage(null, 0, 0, null, person[1], person[0], Subject.order(number), null, Channel.SMS, purpose, "+1514" + number++, "", "",
            "Bonjour, votre vehicule est pret. Garage Rosemont", now.plus(Duration.ofHours(12)), false);
    }

    /** The number that comes next. */
    long next() { return number; }

    long count(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    /** How many messages are in which state. */
    List<String> states() { return jdbi.withHandle(h -> h.createQuery("select state || ' ' || count(*) from message_now group by state order by state").mapTo(String.class).list()); }
}
