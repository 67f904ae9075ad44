package org.carillon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.TestDatabase;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The list by what became of a message, beside the whole list. */
class MessageLooksTest {

    private static final List<String> SETTLED = List.of("ACCEPTED", "DELIVERED", "UNDELIVERED", "FAILED", "EXPIRED", "UNKNOWN_CLOSED", "CANCELLED", "SUPPRESSED");

    private final Jdbi jdbi = TestDatabase.fresh().jdbi();
    private final MessageLog log = new MessageLog(jdbi);

    private void message(String state) {
        jdbi.useHandle(h -> h.execute("insert into message (location_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, state, reason, settled_at) "
            + "values (1, 'SMS', 'TRANSACTIONAL', '+15145550100', 'x', 'NO_RESEND', now(), now() + interval '1 hour', ?::text, case when ?::text not in ('ACCEPTED', 'DELIVERED') then 'EXPIRED' end, "
            + "case when ?::text is not null then now() end)", state, state, state));
    }

    private void due(String... states) {
        message(null);
        jdbi.useHandle(h -> {
            h.execute("insert into message_due (message_id, location_id, channel, route, priority, state, next_attempt_at, expires_at) select max(id), 1, 'SMS', 'smpp', 0, 'QUEUED', now(), now() + interval '1 hour' from message");
            Stream.of(states).forEach(state -> h.createUpdate("update message_due set state = :state, owner_node = case when :owned then 'n' end, owner_epoch = case when :owned then 1 end, "
                + "lease_until = case when :owned then now() end where message_id = (select max(id) from message)").bind("state", state).bind("owned", !state.equals("UNKNOWN")).execute());
        });
    }

    @Test @DisplayName("PERF-12: what is listed by its look is what the whole list shows of that look, also after a late receipt")
    void listsByLookWhatTheWholeListShows() {
        jdbi.useHandle(h -> h.execute("insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr')"));
        for (int round = 0; round < 3; round++) {
            SETTLED.forEach(this::message);
            due();
            due("CLAIMED", "SENDING");
            due("CLAIMED", "SENDING", "UNKNOWN");
        }
        jdbi.useHandle(h -> h.execute("update message set state = 'DELIVERED' where id = (select max(id) from message where state = 'UNDELIVERED')"));
        jdbi.useHandle(h -> h.execute("update message set state = 'UNDELIVERED' where id = (select max(id) from message where state = 'ACCEPTED')"));
        Map<Look, List<Long>> whole = log.read(Scope.everything(), filter(null)).rows().stream().collect(Collectors.groupingBy(MessageLog.Row::look, Collectors.mapping(MessageLog.Row::id, Collectors.toList())));
        for (Look look : Look.values()) {
            assertEquals(whole.getOrDefault(look, List.of()), log.read(Scope.everything(), filter(look)).rows().stream().map(MessageLog.Row::id).toList(), look::name);
        }
        assertEquals(Map.of(Look.SENT, 2, Look.DELIVERED, 4, Look.FAILED, 12, Look.SKIPPED, 6, Look.PLANNED, 6, Look.HELD, 3), whole.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().size())));
    }

    private static MessageLog.Filter filter(Look look) { return new MessageLog.Filter(look, null, null, null, null, null); }
}
