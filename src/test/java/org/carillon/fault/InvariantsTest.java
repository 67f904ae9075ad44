package org.carillon.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.TestDatabase;
import org.carillon.fact.Database;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.TestFactory;

/** A check that cannot fail proves nothing: healthy books first, then each promise broken by hand, and its check must say so. */
class InvariantsTest {

    private static final int RATE = 10;
    private static TestDatabase database;

    /**
     * Six messages: 1 delivered at the first try, 2 sent twice with the second flagged, 3 a marketing one given up as unknown, 4 cancelled in time,
     * 5 an e-mail of a location with opening hours, 6 refused with 503 by a provider over HTTP, which says nothing, and sent again with a flag.
     */
    @BeforeAll static void healthyBooks() {
        database = TestDatabase.fresh();
        Jdbi owner = database.owner();
        new Oracle(owner, null).open();
        owner.useHandle(h -> h.createScript("""
            insert into location (id, code, name, zone, country, language, opening_hours) values (1, 'A', 'A', 'Etc/UTC', 'CA', 'fr', '{}'),
              (2, 'B', 'B', 'Etc/UTC', 'CA', 'fr', '{"MON":[["00:00","24:00"]],"TUE":[["00:00","24:00"]],"WED":[["00:00","24:00"]],"THU":[["00:00","24:00"]],"FRI":[["00:00","24:00"]],"SAT":[["00:00","24:00"]],"SUN":[["00:00","24:00"]]}');
            insert into message (id, location_id, channel, purpose, recipient, text, mail_message_id, unknown_policy, hours_only, created_at, expires_at, state, reason) values
              (1, 1, 'SMS', 'TRANSACTIONAL', '+15145550001', 'x', null, 'RESEND_ONCE', false, now(), now() + interval '1 hour', 'DELIVERED', null),
              (2, 1, 'SMS', 'REMINDER', '+15145550002', 'x', null, 'RESEND_ONCE', false, now(), now() + interval '1 hour', 'ACCEPTED', null),
              (3, 1, 'SMS', 'MARKETING', '+15145550003', 'x', null, 'NO_RESEND', false, now(), now() + interval '1 hour', 'UNKNOWN_CLOSED', 'NO_RESEND'),
              (4, 1, 'SMS', 'TRANSACTIONAL', '+15145550004', 'x', null, 'RESEND_ONCE', false, now(), now() + interval '1 hour', 'CANCELLED', 'STATUS_MOVED_ON'),
              (5, 2, 'EMAIL', 'TRANSACTIONAL', 'a@b.test', 'x', 'm5@test', 'RESEND_ONCE', true, now(), now() + interval '1 hour', 'ACCEPTED', null),
              (6, 1, 'SMS', 'TRANSACTIONAL', '+15145550006', 'x', null, 'RESEND_ONCE', false, now(), now() + interval '1 hour', 'ACCEPTED', null);
            insert into message_event (message_id, from_state, to_state, actor, at) select m, split_part(path, '>', n), split_part(path, '>', n + 1), 'n1', now() from (values
              (1, 'NEW>QUEUED>CLAIMED>SENDING>ACCEPTED>DELIVERED'), (2, 'NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>RETRY_WAIT>CLAIMED>SENDING>ACCEPTED'),
              (3, 'NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>UNKNOWN_CLOSED'), (4, 'NEW>QUEUED>CANCELLED'), (5, 'NEW>QUEUED>CLAIMED>SENDING>ACCEPTED'),
              (6, 'NEW>QUEUED>CLAIMED>SENDING>UNKNOWN>RETRY_WAIT>CLAIMED>SENDING>ACCEPTED')) t(m, path),
              generate_series(1, 8) n where split_part(path, '>', n + 1) <> '' order by m, n;
            insert into attempt (message_id, part_no, claim_seq, node, epoch, route, wire_ref, body_sha256, possible_duplicate, started_at)
              select m, 1, seq, 'n1', 1, case m when 6 then 'http' else 'smpp' end, ref::uuid, '', flagged, now() from (values (1, 1, '00000000-0000-4000-8000-000000000011', false),
              (2, 1, '00000000-0000-4000-8000-000000000021', false), (2, 2, '00000000-0000-4000-8000-000000000022', true), (3, 1, '00000000-0000-4000-8000-000000000031', false),
              (5, 1, '00000000-0000-4000-8000-000000000051', false), (6, 1, '00000000-0000-4000-8000-000000000061', false), (6, 2, '00000000-0000-4000-8000-000000000062', true)) t(m, seq, ref, flagged);
            insert into attempt_outcome (message_id, part_no, claim_seq, route, verdict, ended_at)
              select m, 1, seq, 'smpp', verdict, now() from (values (1, 1, 'ACCEPTED'), (2, 1, 'UNKNOWN'), (2, 2, 'ACCEPTED'), (3, 1, 'UNKNOWN'), (5, 1, 'ACCEPTED'), (6, 1, 'UNKNOWN'),
              (6, 2, 'ACCEPTED')) t(m, seq, verdict);
            insert into suppression (channel, address, reason, at, actor) values ('SMS', '+15145550003', 'OPTED_OUT', now(), 'test');
            insert into fault.accepted select recipient, location_id, channel, true from message;
            """).execute());
        owner.useHandle(h -> h.createScript("""
            insert into fault.submit (at, app_at, protocol, recipient, ref, part, answer) select clock_timestamp() + s * interval '1 s', clock_timestamp() + s * interval '1 s', p, r, ref, 1, answer
              from (values (1, 'SMPP', '+15145550001', '17', 0), (2, 'SMPP', '+15145550002', '33', 0), (10, 'SMPP', '+15145550002', '34', 0), (3, 'SMPP', '+15145550003', '49', 0),
              (4, 'SMTP', 'a@b.test', 'm5@test', 0), (5, 'HTTP', '+15145550006', '97', 503), (11, 'HTTP', '+15145550006', '98', 0)) t(s, p, r, ref, answer);
            update fault.submit set app_at = '2024-11-19T17:00:00Z' where recipient = '+15145550003';
            """).execute());
    }

    @Test void findsNothingInHealthyBooks() { assertEquals(List.of(), new Invariants(database.owner()).judge(RATE)); }

    private record Tampering(String what, String findings, String sql) { }

    private static String submit(String recipient, int ref, String after) {
        return "insert into fault.submit (at, app_at, protocol, recipient, ref, part, answer) select at + interval '" + after + "', app_at + interval '" + after
            + "', 'SMPP', '" + recipient + "', '" + ref + "', 1, 0 from fault.submit where n = 1;";
    }

    /** Written as a live row. */
    private static String live(int message, String state) {
        return "update message set state = null where id = " + message + "; insert into message_due (message_id, location_id, channel, route, priority, state, "
            + "next_attempt_at, expires_at, owner_node, owner_epoch, lease_until) values (" + message + ", 1, 'SMS', 'smpp', 0, '" + state + "', now(), now() + interval '1 hour', 'n1', 1, now());";
    }

    private static final List<Tampering> TAMPERINGS = List.of(
        new Tampering("a message lost", "I1 I8", "delete from message_event where message_id = 4; delete from message where id = 4"),
        new Tampering("a message that hangs", "I1 I7", live(4, "CLAIMED")),
        new Tampering("a plan never released", "I1", "insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, "
            + "subject_id, customer_id, occurrence, channel, recipient, due_at, expires_at, tz_version, state, created_at, changed_at) "
            + "values (1, 1, 1, 1, 'ORDER', 1, 1, 'x', 'SMS', 'CUSTOMER', now(), now(), 'x', 'PLANNED', now(), now())"),
        new Tampering("a plan released in pieces", "I7", "insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, "
            + "subject_id, customer_id, occurrence, channel, recipient, due_at, expires_at, tz_version, state, created_at, changed_at, message_id) "
            + "values (1, 1, 1, 1, 'ORDER', 1, 1, 'x', 'SMS', 'CUSTOMER', now(), now(), 'x', 'RELEASED', now(), now(), 1)"),
        new Tampering("a success that the provider never saw", "I1", "delete from fault.submit where recipient = '+15145550001'"),
        new Tampering("an expiry before its time", "I1", "update message set state = 'EXPIRED' where id = 4; update message_event set to_state = 'EXPIRED', reason = 'EXPIRED' where message_id = 4 and to_state = 'CANCELLED'"),
        new Tampering("a failure that nobody refused", "I1", "update message set state = 'FAILED' where id = 5; update message_event set to_state = 'FAILED' where message_id = 5 and to_state = 'ACCEPTED'"),
        new Tampering("a double without an unknown outcome", "I2", "update attempt_outcome set verdict = 'NOT_SENT' where message_id = 2 and claim_seq = 1"),
        new Tampering("a double without its flag", "I2 I5", "update attempt set possible_duplicate = false where message_id = 2"),
        new Tampering("the flag on the wrong attempt", "I2", "update fault.submit set ref = '33' where ref = '34'"),
        new Tampering("a second marketing text", "I2", submit("+15145550003", 49, "5 s") + " update fault.submit set app_at = '2024-11-19T17:00:00Z' where recipient = '+15145550003'"),
        new Tampering("an offer by night", "I4", "update fault.submit set app_at = '2024-11-19T03:00:00Z' where recipient = '+15145550003'"),
        new Tampering("a submit after the expiry", "I3", "update message set expires_at = (select min(app_at) from fault.submit) - interval '31 seconds' where id = 1"),
        new Tampering("a submit after the cancellation", "I3 I5", submit("+15145550004", 65, "31 s")),
        new Tampering("a submit after the opt-out", "I3", "update fault.submit set at = at + interval '40 s' where recipient = '+15145550003'"),
        new Tampering("a submit at night", "I4", "update location set opening_hours = '{}' where id = 2"),
        new Tampering("a submit before its attempt was committed", "I5", "update fault.submit set at = at - interval '1 hour' where recipient = '+15145550001'"),
        new Tampering("a submit that nobody wrote down", "I5", "update fault.submit set ref = '999' where recipient = '+15145550001'"),
        new Tampering("a submit over HTTP that nobody wrote down", "I5", "update fault.submit set ref = '999' where ref = '98'"),
        new Tampering("a text that was taken over HTTP in spite of a 503, and sent again without its flag", "I2 I5", "update fault.submit set answer = 0 where ref = '97'; "
            + "update attempt set possible_duplicate = claim_seq = 1 where message_id = 6"),
        new Tampering("a second e-mail without a second attempt", "I2 I5", "insert into fault.submit (at, app_at, protocol, recipient, ref, part, answer) "
            + "select at, app_at, protocol, recipient, ref, part, answer from fault.submit where protocol = 'SMTP'"),
        new Tampering("a claim that is never given back", "I1 I6 I7", live(4, "CLAIMED") + "update message_event set at = now() - interval '4 minutes' where message_id = 4"),
        new Tampering("a step left out of a history", "I7", "delete from message_event where message_id = 1 and to_state = 'CLAIMED'"),
        new Tampering("a step that nobody may take", "I7", "alter table message_event drop constraint message_event_legal; update message_event set to_state = 'DELIVERED' where message_id = 4 and to_state = 'CANCELLED'"),
        new Tampering("a state that nobody came to", "I7", "update message set state = 'EXPIRED' where id = 4"),
        new Tampering("an attempt that its history does not know", "I7", "insert into attempt select message_id, part_no, 9, "
            + "node, epoch, route, wire_ref, body_sha256, possible_duplicate, started_at from attempt where message_id = 5"),
        new Tampering("an attempt without an outcome", "I7", "delete from attempt_outcome where message_id = 5"),
        new Tampering("a message that nobody asked for", "I8", "delete from fault.accepted where recipient = '+15145550001'"),
        new Tampering("a message neither live nor settled", "I7 I8", "update message set state = null where id = 4"),
        new Tampering("a burst", "I9", "insert into fault.submit (at, app_at, protocol, recipient, ref, part, answer) select at + k * interval '1 ms', app_at, protocol, recipient, ref, part, 88 "
            + "from fault.submit, generate_series(1, 12) k where recipient = '+15145550001'"));

    @TestFactory @DisplayName("I1 to I9: each broken promise is found, by its own check, and every check that there is was seen to fail")
    Stream<DynamicTest> findsWhatWasTamperedWith() {
        Set<String> unproven = new TreeSet<>(Invariants.names());
        return Stream.concat(TAMPERINGS.stream().map(one -> DynamicTest.dynamicTest(one.what(), () -> {
            List<Invariants.Finding> found = judge(one.sql());
            found.forEach(finding -> unproven.remove(finding.invariant() + " " + finding.what()));
            assertEquals(one.findings(), found.stream().map(Invariants.Finding::invariant).distinct().sorted().collect(Collectors.joining(" ")), found::toString);
        })), Stream.of(DynamicTest.dynamicTest("all of them", () -> assertEquals(Set.of(), unproven))));
    }

    @ParameterizedTest(name = "I3, I4: the clock jumped by {0} s, {1} s before a submit: {2}") @CsvSource({"200,1,''", "200,29,''", "200,31,I3", "-200,1,''", "-200,4,''", "-200,31,I4"})
    void judgesByTheClockOfTheDecision(int seconds, int before, String findings) throws SQLException {
        // an offer five seconds after nine in Montréal on the clock that a jump takes back, or a text with ten seconds to live that a jump takes away
        String number = seconds > 0 ? "'+15145550001'" : "'+15145550003'";
        List<Invariants.Finding> found = judge((seconds > 0 ? "update message set expires_at = s.at + interval '10 s' from fault.submit s where id = 1 and s.recipient = " + number
            : "update fault.submit set at = '2024-11-19T14:00:05Z' where recipient = " + number)
            + "; insert into fault.jump select at - interval '1 day', 0 from fault.submit where recipient = " + number
            + "; insert into fault.jump select at - interval '" + before + " s', " + seconds * 1_000 + " from fault.submit where recipient = " + number
            + "; update fault.submit set app_at = at + interval '" + seconds + " s' where recipient = " + number);
        assertEquals(findings, found.stream().map(Invariants.Finding::invariant).filter(i -> i.equals("I3") || i.equals("I4")).distinct().collect(Collectors.joining(" ")), found::toString);
    }

    @Test @DisplayName("I6 in the middle of a round: what stands longer than it may is found by the time of its commit")
    void findsWhatStands() throws SQLException {
        try (Connection connection = database.as("postgres").getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("set local session_replication_role = replica; " + live(4, "CLAIMED"));
            Invariants invariants = new Invariants(Database.prepare(Jdbi.create(connection)));
            assertEquals(List.of("I6"), invariants.standing(Duration.ZERO).stream().map(Invariants.Finding::invariant).toList());
            assertEquals(List.of(), invariants.standing(Duration.ofHours(1)));
            connection.rollback();
        }
    }

    /** Within one transaction that is rolled back, past the guards of the database, which would refuse most of this. */
    private static List<Invariants.Finding> judge(String sql) throws SQLException {
        try (Connection connection = database.as("postgres").getConnection()) {
            connection.setAutoCommit(false);
            try {
                connection.createStatement().execute("set local session_replication_role = replica; " + sql);
                return new Invariants(Database.prepare(Jdbi.create(connection))).judge(RATE);
            } finally {
                connection.rollback();
            }
        }
    }
}
