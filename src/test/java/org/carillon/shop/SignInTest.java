package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carillon.TestDatabase;
import org.carillon.fact.Invalid;
import org.carillon.shop.SignIn.Outcome;
import org.carillon.shop.StaffDesk.Entry;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignInTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
    private static final String PASSWORD = "quatre chevaux bleus";

    private final Jdbi jdbi = DATABASE.jdbi();
    private final Passwords passwords = new Passwords();
    private final StaffRegister register = new StaffRegister(jdbi);
    private final StaffDesk desk = new StaffDesk(register, passwords);
    private final SignInThrottle throttle = new SignInThrottle(jdbi);
    private final SignIn door = new SignIn(register, throttle, passwords);
    private long sophie;

    @BeforeEach void hire() {
        DATABASE.owner().useHandle(h -> {
            h.execute("truncate staff, sign_in_attempt cascade");
            h.execute("insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr'), "
                + "(2, 'PAR', 'Bercy', 'Europe/Paris', 'FR', 'fr') on conflict do nothing");
        });
        sophie = hire("sophie@garage.example", Role.ADMINISTRATOR, Set.of());
    }

    private long hire(String email, Role role, Set<Long> locations) {
        desk.accept(desk.invite(new Entry(email, "Sophie", role, locations), NOW), PASSWORD, NOW);
        return register.credentials(email).orElseThrow().id();
    }

    @Test void welcomesWithTheRightPasswordInAnyCaseOfTheAddress() {
        Outcome.Welcome welcome = assertInstanceOf(Outcome.Welcome.class, door.attempt(" Sophie@Garage.example ", PASSWORD, "192.0.2.7", NOW));
        assertEquals(Scope.everything(), welcome.person().scope());
    }

    @Test void givesStrangersDisabledAndUninvitedTheSameAnswer() {
        long luc = hire("luc@garage.example", Role.ADVISOR, Set.of(1L));
        desk.disable(luc, sophie);
        desk.invite(new Entry("new@garage.example", "New", Role.OPERATOR, Set.of()), NOW);
        for (String email : List.of("nobody@garage.example", "luc@garage.example", "new@garage.example", "")) {
            assertInstanceOf(Outcome.Refused.class, door.attempt(email, PASSWORD, "192.0.2.7", NOW), email);
        }
    }

    @Test @DisplayName("SEC-06: disabling, a new password and a new role end sessions at once; a new name does not")
    void endsSessions() {
        long luc = hire("luc@garage.example", Role.ADVISOR, Set.of(1L));
        int epoch = register.person(luc).epoch();
        Instant since = register.sessionTime();
        assertTrue(register.present(luc, epoch, since).isPresent());

        desk.edit(luc, 1, new Entry("luc@garage.example", "Luc", Role.ADVISOR, Set.of(1L)));
        assertTrue(register.present(luc, epoch, since).isPresent());
        desk.edit(luc, 2, new Entry("luc@garage.example", "Luc", Role.ADVISOR, Set.of(2L)));
        assertFalse(register.present(luc, epoch, since).isPresent(), "other locations");
        int second = register.person(luc).epoch();
        desk.changePassword(luc, PASSWORD, "trois vélos verts et gris");
        assertFalse(register.present(luc, second, since).isPresent(), "new password");
        int third = register.person(luc).epoch();
        desk.disable(luc, sophie);
        assertFalse(register.present(luc, third, since).isPresent(), "disabled");
        assertFalse(register.present(luc, register.person(luc).epoch(), since).isPresent(), "disabled stays out");
    }

    @Test @DisplayName("SEC-06: a session is over after 12 hours")
    void endsSessionsOfHalfADay() {
        int epoch = register.person(sophie).epoch();
        Instant now = register.sessionTime();
        assertTrue(register.present(sophie, epoch, now.minus(Duration.ofHours(12)).plusSeconds(60)).isPresent());
        assertFalse(register.present(sophie, epoch, now.minus(Duration.ofHours(12))).isPresent());
    }

    @Test @DisplayName("SEC-15: ten wrong guesses for one name from one network, then a wait; the owner elsewhere is not locked out")
    void slowsGuessersDown() {
        for (int i = 0; i < 10; i++) {
            assertTrue(throttle.enter("sophie@garage.example", "192.0.2." + i, NOW.plusSeconds(i)).isEmpty());
        }
        assertEquals(Duration.ofMinutes(15).minusSeconds(10), throttle.enter("sophie@garage.example", "192.0.2.99", NOW.plusSeconds(10)).orElseThrow());
        assertInstanceOf(Outcome.Wait.class, door.attempt("sophie@garage.example", PASSWORD, "192.0.2.99", NOW.plusSeconds(10)));
        assertInstanceOf(Outcome.Welcome.class, door.attempt("sophie@garage.example", PASSWORD, "198.51.100.1", NOW.plusSeconds(10)));
        assertTrue(throttle.enter("sophie@garage.example", "192.0.2.99", NOW.plus(Duration.ofMinutes(16))).isEmpty());
    }

    @Test @DisplayName("SEC-15: 10,000 guesses at once from one address: at most 60 are looked at in 15 minutes")
    void holdsAgainstParallelGuesses() throws Exception {
        ExecutorService guessers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> guesses = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                String name = "name" + i % 500 + "@garage.example";
                guesses.add(() -> throttle.enter(name, "203.0.113.5", NOW).isEmpty());
            }
            int looked = 0;
            for (Future<Boolean> guess : guessers.invokeAll(guesses)) {
                looked += guess.get() ? 1 : 0;
            }
            assertEquals(SignInThrottle.PER_ADDRESS, looked);
        } finally {
            guessers.shutdownNow();
        }
    }

    @Test void forgivesTheOwnersTypos() {
        for (int i = 0; i < 9; i++) {
            assertInstanceOf(Outcome.Refused.class, door.attempt("sophie@garage.example", "wrong wrong wrong", "192.0.2.7", NOW));
        }
        assertInstanceOf(Outcome.Welcome.class, door.attempt("sophie@garage.example", PASSWORD, "192.0.2.7", NOW));
        assertTrue(throttle.enter("sophie@garage.example", "192.0.2.7", NOW).isEmpty());
    }

    @Test void countsByNetwork() {
        assertEquals("192.0.2.0", SignInThrottle.net("192.0.2.200"));
        assertEquals(SignInThrottle.net("2001:db8:1:2:3::1"), SignInThrottle.net("2001:db8:1:2:ffff::9"));
        assertEquals("unknown", SignInThrottle.net("unknown"));
    }

    @Test void usesAnInvitationOnce() {
        String secret = desk.invite(new Entry("new@garage.example", "New", Role.OPERATOR, Set.of()), NOW);
        assertEquals("password.short", assertThrows(Invalid.class, () -> desk.accept(secret, "short", NOW)).key());
        desk.accept(secret, PASSWORD, NOW);
        assertEquals("invitation.gone", assertThrows(Invalid.class, () -> desk.accept(secret, PASSWORD, NOW)).key());
    }

    @Test void letsInvitationsExpireAndBeReplaced() {
        String first = desk.invite(new Entry("new@garage.example", "New", Role.OPERATOR, Set.of()), NOW);
        assertTrue(register.invitedBy(first, NOW.plus(StaffDesk.INVITATION)).isEmpty());
        desk.inviteAgain(register.credentials("new@garage.example").orElseThrow().id(), NOW);
        assertTrue(register.invitedBy(first, NOW).isEmpty(), "void since there is a newer one");
    }

    @Test void keepsOneAdministrator() {
        assertEquals("staff.last", refusal(() -> desk.edit(sophie, 1, new Entry("sophie@garage.example", "Sophie", Role.OPERATOR, Set.of()))));
        assertEquals("staff.self", refusal(() -> desk.disable(sophie, sophie)));
        long luc = hire("luc@garage.example", Role.ADMINISTRATOR, Set.of());
        desk.disable(sophie, luc);
        assertFalse(register.find(sophie).orElseThrow().active());
    }

    @Test void refusesByField() {
        assertEquals("staff.taken", refusal(() -> desk.invite(new Entry("SOPHIE@garage.example", "S", Role.OPERATOR, Set.of()), NOW)));
        assertEquals("staff.email", refusal(() -> desk.invite(new Entry("sophie", "S", Role.OPERATOR, Set.of()), NOW)));
        assertEquals("staff.name", refusal(() -> desk.invite(new Entry("s@garage.example", " ", Role.OPERATOR, Set.of()), NOW)));
        assertEquals("staff.locations", refusal(() -> desk.invite(new Entry("s@garage.example", "S", Role.ADVISOR, Set.of()), NOW)));
        assertEquals("conflict", refusal(() -> desk.edit(sophie, 99, new Entry("sophie@garage.example", "S", Role.ADMINISTRATOR, Set.of()))));
    }

    @Test void admitsTheFirstAdministratorOnce() {
        DATABASE.owner().useHandle(h -> h.execute("truncate staff cascade"));
        String secret = "0123456789abcdef0123456789abcdef";
        FirstAdministrator first = new FirstAdministrator(register, java.util.Optional.of("Boss@garage.example"), java.util.Optional.of(secret));
        first.admit(NOW);
        assertEquals("boss@garage.example", register.invitedBy(secret, NOW).orElseThrow().email());
        desk.accept(secret, PASSWORD, NOW);
        first.admit(NOW);
        assertTrue(register.invitedBy(secret, NOW).isEmpty(), "an installation with staff is never opened again");
    }

    private static String refusal(Runnable deed) { return assertThrows(Invalid.class, deed::run).key(); }
}
