package org.carillon.job.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.carillon.TestDatabase;
import org.carillon.delivery.Deadlines;
import org.carillon.fact.Channel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StuckTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @BeforeEach void empty() { DATABASE.emptied(); }

    /** Claimed rows have a lease of a minute, taken when they entered the state. */
    @DisplayName("REL-26: CLAIMED and SENDING after 3 min, UNKNOWN undecided after 10 (5 of them grace), QUEUED overdue after 5 where the way is open")
    @ParameterizedTest(name = "{0} for {1} s, by {2}: {3}")
    @CsvSource({"CLAIMED,179,SMS,0", "CLAIMED,181,SMS,1", "SENDING,179,SMS,0", "SENDING,181,SMS,1", "UNKNOWN,599,SMS,0", "UNKNOWN,601,SMS,1",
        "QUEUED,299,SMS,0", "QUEUED,301,SMS,1", "RETRY_WAIT,301,SMS,1", "QUEUED,301,EMAIL,0", "HELD,90000,SMS,0"})
    void countsWhatIsStuck(String state, int seconds, Channel channel, long stuck) {
        Instant since = NOW.minusSeconds(seconds);
        boolean leased = state.equals("CLAIMED") || state.equals("SENDING");
        DATABASE.owner().useHandle(h -> {
            h.execute("alter table message_due disable trigger user");
            h.createUpdate("insert into message_due (message_id, location_id, channel, priority, state, next_attempt_at, expires_at, owner_node, owner_epoch, lease_until, route) "
                + "values (1, 1, :channel, 0, :state, :next, :expires, :node, :epoch, :lease, case :channel when 'SMS' then 'smpp' else 'smtp' end)").bind("channel", channel).bind("state", state)
                // a provider that does not say what it has is asked again and again: when it is asked next says nothing
                .bind("next", state.equals("UNKNOWN") ? NOW.plusSeconds(60) : since).bind("expires", NOW.plusSeconds(86_400))
                .bind("node", leased ? "n1" : null).bind("epoch", leased ? 1L : null).bind("lease", leased ? since.plus(Deadlines.DEFAULT.lease()) : null).execute();
            h.execute("alter table message_due enable trigger user");
            h.execute("insert into message_event (message_id, from_state, to_state, actor, at) values (1, 'SENDING', 'UNKNOWN', 'n1', ?)", since);
        });
        Map<String, Long> found = DATABASE.jdbi().withHandle(h -> Stuck.count(h, Set.of("smpp"), Deadlines.DEFAULT, NOW));
        assertEquals(stuck, found.values().stream().mapToLong(Long::longValue).sum(), found.toString());
    }
}
