package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** reliability.md 1.4, T2 to T19: the database takes these pairs and refuses every other, whoever writes. */
class TransitionTest {

    private static final Set<String> LEGAL = Set.of("NEW>QUEUED", "QUEUED>CLAIMED", "RETRY_WAIT>CLAIMED", "CLAIMED>QUEUED", "CLAIMED>SENDING",
        "SENDING>ACCEPTED", "SENDING>RETRY_WAIT", "SENDING>FAILED", "SENDING>QUEUED", "SENDING>UNKNOWN",
        "UNKNOWN>ACCEPTED", "UNKNOWN>DELIVERED", "UNKNOWN>UNDELIVERED", "RETRY_WAIT>ACCEPTED", "RETRY_WAIT>DELIVERED", "RETRY_WAIT>UNDELIVERED",
        "CLAIMED>ACCEPTED", "CLAIMED>DELIVERED", "CLAIMED>UNDELIVERED", "UNKNOWN>RETRY_WAIT", "UNKNOWN>UNKNOWN_CLOSED",
        "ACCEPTED>DELIVERED", "ACCEPTED>UNDELIVERED", "UNDELIVERED>DELIVERED",
        "QUEUED>CANCELLED", "HELD>CANCELLED", "RETRY_WAIT>CANCELLED", "CLAIMED>CANCELLED", "UNKNOWN>CANCELLED",
        "QUEUED>EXPIRED", "HELD>EXPIRED", "RETRY_WAIT>EXPIRED", "CLAIMED>EXPIRED",
        "QUEUED>SUPPRESSED", "HELD>SUPPRESSED", "RETRY_WAIT>SUPPRESSED", "CLAIMED>SUPPRESSED", "UNKNOWN>SUPPRESSED", "QUEUED>HELD", "HELD>QUEUED");
    private static final Set<String> DUE = Set.of("QUEUED", "HELD", "CLAIMED", "SENDING", "RETRY_WAIT", "UNKNOWN");
    private static DeliveryFixture shop;

    @BeforeAll static void open() { shop = new DeliveryFixture(); }

    @Test void takesAnEventForThesePairsAndNoOther() {
        Set<String> taken = new TreeSet<>();
        for (String from : states("NEW")) {
            for (String to : states("NEW")) {
                try {
                    shop.execute("insert into message_event (message_id, from_state, to_state, actor, at) values (0, ?, ?, 'test', now())", from, to);
                    taken.add(from + ">" + to);
                } catch (JdbiException e) {
                    // refused
                }
            }
        }
        assertEquals(new TreeSet<>(LEGAL), taken);
    }

    @Test void refusesAnyOtherChangeOfTheClaimRow() {
        for (String from : DUE) {
            for (String to : DUE) {
                long id = inState(from);
                if (from.equals(to) || LEGAL.contains(from + ">" + to)) {
                    assertDoesNotThrow(() -> force(shop.jdbi, id, to), from + ">" + to);
                } else {
                    assertThrows(JdbiException.class, () -> force(shop.jdbi, id, to), from + ">" + to);
                }
            }
        }
    }

    @Test void refusesToSettleFromAStateThatCannot() {
        for (String from : DUE) {
            for (String to : states()) {
                if (DUE.contains(to)) {
                    continue;
                }
                long id = inState(from);
                if (LEGAL.contains(from + ">" + to)) {
                    assertDoesNotThrow(() -> settle(id, to), from + ">" + to);
                } else {
                    assertThrows(JdbiException.class, () -> settle(id, to), from + ">" + to);
                }
            }
        }
    }

    @Test void neverGoesBackFromAFinalState() {
        for (String from : states()) {
            for (String to : states()) {
                if (DUE.contains(from) || DUE.contains(to) || from.equals(to) || LEGAL.contains(from + ">" + to)) {
                    continue;
                }
                long id = shop.enqueue(shop.sms("+15145550100", "x"));
                shop.execute("update message set state = ? where id = ?", from, id);
                assertThrows(JdbiException.class, () -> shop.execute("update message set state = ? where id = ?", to, id), from + ">" + to);
            }
        }
    }

    @Test void aClaimRowLeavesOnlyWithItsMessageSettled() {
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        assertThrows(JdbiException.class, () -> shop.execute("delete from message_due where message_id = ?", id));
    }

    @Test @DisplayName("the application role may not rewrite history")
    void historyIsAppendOnly() {
        for (String table : Set.of("message_event", "attempt", "attempt_outcome", "late_outcome")) {
            assertThrows(JdbiException.class, () -> shop.execute("delete from " + table), table);
            assertThrows(JdbiException.class, () -> shop.execute("update " + table + " set message_id = 0"), table);
        }
        assertThrows(JdbiException.class, () -> shop.execute("delete from message"));
    }

    private static Set<String> states(String... more) {
        Set<String> states = new TreeSet<>(Set.of(more));
        for (MessageState state : MessageState.values()) {
            states.add(state.name());
        }
        return states;
    }

    /** Puts a claim row into a state by going around the triggers, as the owner of the schema. */
    private static long inState(String state) {
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        shop.database.owner().useTransaction(h -> {
            h.execute("set local session_replication_role = replica");
            h.execute("update message_due set state = ?, owner_node = ?, owner_epoch = ?, lease_until = case when ? then now() end where message_id = ?",
                state, owned(state) ? "n" : null, owned(state) ? 1L : null, owned(state), id);
        });
        return id;
    }

    private static void force(org.jdbi.v3.core.Jdbi jdbi, long id, String to) {
        jdbi.useHandle(h -> h.execute("update message_due set state = ?, owner_node = ?, owner_epoch = ?, lease_until = case when ? then now() end where message_id = ?",
            to, owned(to) ? "n" : null, owned(to) ? 1L : null, owned(to), id));
    }

    private static void settle(long id, String to) {
        shop.jdbi.useTransaction(h -> {
            h.execute("update message set state = ? where id = ?", to, id);
            h.execute("delete from message_due where message_id = ?", id);
        });
    }

    private static boolean owned(String state) { return state.equals("CLAIMED") || state.equals("SENDING"); }
}
