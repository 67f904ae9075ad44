package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.carillon.TestDatabase;
import org.carillon.fact.Invalid;
import org.carillon.shop.ApiToken.Access;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SEC-17")
class ApiTokensTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
    private static final Person BOSS = person(Role.ADMINISTRATOR, Scope.everything());

    private final ApiTokens tokens = new ApiTokens(DATABASE.jdbi());
    private final TokenDesk desk = new TokenDesk(tokens);

    @BeforeEach void open() {
        DATABASE.owner().useHandle(h -> {
            h.execute("truncate api_token cascade");
            h.execute("insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr') on conflict do nothing");
        });
    }

    private String issue(Scope scope, Instant expires) { return desk.issue("dms-rosemont", Access.WRITE, scope, expires, BOSS, NOW); }

    private static Person person(Role role, Scope scope) { return new Person(1, "m@house.example", "Mireille Gagnon", role, "fr", Person.Appearance.SYSTEM, scope, 1); }

    @Test @DisplayName("SEC-13, SEC-17: who must not see customers' texts gets no token that reads them")
    void isIssuedByAdministratorsOnly() {
        for (Role role : Role.values()) {
            for (Access access : Access.values()) {
                Runnable issue = () -> desk.issue("dms-rosemont", access, Scope.everything(), null, person(role, Scope.everything()), NOW);
                if (role == Role.ADMINISTRATOR) {
                    issue.run();
                } else {
                    assertEquals("token.role", assertThrows(Invalid.class, issue::run).key(), role + " " + access);
                }
            }
        }
        Person elsewhere = person(Role.ADMINISTRATOR, Scope.of(Set.of(2L)));
        assertEquals("token.foreign", assertThrows(Invalid.class, () -> desk.issue("dms", Access.READ, Scope.of(Set.of(1L)), null, elsewhere, NOW)).key());
        assertEquals(Access.values().length, tokens.all().size());
    }

    @Test void saysWhoCallsAndWhatIsAllowed() {
        TokenIdentity identity = tokens.authenticate(issue(Scope.of(Set.of(1L)), null), NOW).orElseThrow();
        assertEquals("api:dms-rosemont", identity.actor().name());
        assertEquals(Scope.of(Set.of(1L)), identity.scope());
        assertTrue(identity.may(Access.READ) && identity.may(Access.WRITE));
        assertFalse(identity.may(Access.ADMIN));
    }

    @Test void keepsNothingUsableInTheDatabase() {
        String token = issue(Scope.everything(), null);
        String secret = token.substring(TokenDesk.MARK.length());
        assertTrue(Base64.getUrlDecoder().decode(secret).length >= 32, "256 random bits");
        String row = DATABASE.owner().withHandle(h -> h.createQuery("select t::text from api_token t").mapTo(String.class).one());
        assertFalse(row.contains(secret.substring(8)), row);
        assertTrue(tokens.authenticate(tokens.all().get(0).prefix(), NOW).isEmpty());
    }

    @Test void isOverAtOnceWhenRevoked() {
        String token = issue(Scope.everything(), null);
        ApiTokens otherNode = new ApiTokens(DATABASE.jdbi());
        assertTrue(otherNode.authenticate(token, NOW).isPresent());
        desk.revoke(tokens.all().get(0).id(), NOW);
        assertTrue(otherNode.authenticate(token, NOW).isEmpty());
        assertEquals(ApiToken.State.REVOKED, tokens.all().get(0).state(NOW));
    }

    @Test void expires() {
        String token = issue(Scope.everything(), NOW.plusSeconds(60));
        assertTrue(tokens.authenticate(token, NOW.plusSeconds(59)).isPresent());
        assertTrue(tokens.authenticate(token, NOW.plusSeconds(60)).isEmpty());
    }

    @Test void notesItsLastUse() {
        String token = issue(Scope.everything(), null);
        tokens.authenticate(token, NOW);
        tokens.authenticate(token, NOW.plusSeconds(30));
        assertEquals(NOW, tokens.all().get(0).lastUsedAt(), "at most one write a minute");
        tokens.authenticate(token, NOW.plus(Duration.ofMinutes(2)));
        assertEquals(NOW.plus(Duration.ofMinutes(2)), tokens.all().get(0).lastUsedAt());
    }

    @Test void refusesForgedAndForeignText() {
        assertNotNull(issue(Scope.everything(), null));
        for (String text : new String[] {null, "", "carillon_", "carillon_' or true --", "x".repeat(10_000), Secret.make()}) {
            assertTrue(tokens.authenticate(text, NOW).isEmpty());
        }
    }

    @Test void keepsASourceOverAChangeOfTokens() {
        String first = issue(Scope.everything(), null);
        String second = issue(Scope.everything(), null);
        assertEquals(tokens.authenticate(first, NOW).orElseThrow().source(), tokens.authenticate(second, NOW).orElseThrow().source());
    }

    @Test void refusesByField() {
        assertEquals("token.source", refusal("é", Scope.everything(), null));
        assertEquals("token.reserved", refusal("page", Scope.everything(), null));
        assertEquals("token.locations", refusal("dms", Scope.nothing(), null));
        assertEquals("token.past", refusal("dms", Scope.everything(), NOW));
    }

    private String refusal(String source, Scope scope, Instant expires) {
        return assertThrows(Invalid.class, () -> desk.issue(source, Access.READ, scope, expires, BOSS, NOW)).key();
    }
}
