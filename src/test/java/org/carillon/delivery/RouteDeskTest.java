package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.TestDatabase;
import org.carillon.delivery.http.HttpRoutes;
import org.carillon.delivery.mail.MailRoutes;
import org.carillon.delivery.smpp.SmppRoutes;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Routes on pages: settings judged, secrets sealed, one editor after the other")
class RouteDeskTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", NEW_KEY = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=", CANARY = "canari-4711";
    private static final Config CONFIG = (Config) Proxy.newProxyInstance(RouteDeskTest.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) -> Optional.empty());

    private final Jdbi jdbi = DATABASE.jdbi();
    private final ApplicationClock clock = new ApplicationClock(jdbi);
    private final RouteTable table = new RouteTable(jdbi);
    private final Person admin = person(Role.ADMINISTRATOR), operator = person(Role.OPERATOR);
    private RouteDesk desk = desk(new SecretBox(KEY, null));

    private RouteDesk desk(SecretBox box) { return new RouteDesk(jdbi, clock, table, gateways(box), box); }

    private Gateways gateways(SecretBox box) { return Gateways.making(List.of(new SmppRoutes(), new MailRoutes(), new HttpRoutes()), box, CONFIG, clock); }

    private static Person person(Role role) { return new Person(1, "a@garage.example", "Alex", role, "fr", Person.Appearance.SYSTEM, role == Role.OPERATOR ? Scope.nothing() : Scope.everything(), 1); }

    @BeforeEach void empty() {
        DATABASE.emptied();
        jdbi.useHandle(h -> h.execute("update route_revision set revision = revision + 1"));
    }

    private static RouteDesk.Draft draft(String... pairs) {
        Map<String, String> settings = new HashMap<>(Map.of("host", "smsc.example.net", "systemId", "shop")), secrets = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            (pairs[i].equals("password") ? secrets : settings).put(pairs[i], pairs[i + 1]);
        }
        return new RouteDesk.Draft("Second", settings, secrets);
    }

    private void open(String... pairs) { desk.open(admin, "second", Protocol.SMPP, draft(pairs)); }

    private Route stored() { return jdbi.withHandle(table::present).routes().get("second"); }

    private Map<String, String> secrets(SecretBox box) { return box.open("second", stored().sealed()); }

    @Test @DisplayName("SEC-26: what is stored holds no secret; what is left empty is kept")
    void keepsSecrets() {
        open("password", CANARY, "window", "5");
        assertEquals(Map.of("password", CANARY), secrets(new SecretBox(KEY, null)));
        desk.change(admin, "second", stored().version(), draft("window", "7"));
        assertEquals(Map.of("password", CANARY), secrets(new SecretBox(KEY, null)));
        assertEquals("7", stored().settings().get("window"));
        desk.change(admin, "second", stored().version(), draft("password", "other"));
        assertEquals(Map.of("password", "other"), secrets(new SecretBox(KEY, null)));
        String hex = HexFormat.of().formatHex(CANARY.getBytes());
        DATABASE.owner().useHandle(h -> h.createQuery("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'").mapTo(String.class).forEach(name ->
            h.createQuery("select t::text from " + name + " t").mapTo(String.class).forEach(row -> assertFalse(row.contains(CANARY) || row.contains(hex), name))));
        assertEquals(List.of("CREATED", "CHANGED", "CHANGED"), jdbi.withHandle(h -> h.createQuery("select action from route_action order by id").mapTo(String.class).list()));
        assertEquals("password, window", jdbi.withHandle(h -> h.createQuery("select detail from route_action order by id desc limit 1").mapTo(String.class).one()), "names, no values");
    }

    @Test @DisplayName("SEC-11: only administrators say whom Carillon calls, and a new address asks for the secrets again")
    void guardsTheAddress() {
        assertEquals("route.address", assertThrows(Invalid.class, () -> desk.open(operator, "x", Protocol.SMPP, draft())).key());
        open("password", CANARY);
        Invalid no = assertThrows(Invalid.class, () -> desk.change(operator, "second", stored().version(), draft("host", "evil.example.net")));
        assertEquals(List.of("host", "route.address"), List.of(no.field(), no.key()));
        desk.change(operator, "second", stored().version(), draft("window", "3"));
        Invalid again = assertThrows(Invalid.class, () -> desk.change(admin, "second", stored().version(), draft("host", "other.example.net")));
        assertEquals(List.of("password", "route.secretAgain"), List.of(again.field(), again.key()));
        desk.change(admin, "second", stored().version(), draft("host", "other.example.net", "password", "new"));
        assertEquals("other.example.net", stored().settings().get("host"));
        assertEquals("route.address", assertThrows(Invalid.class, () -> desk.remove(operator, "second", stored().version())).key());
    }

    @Test
    @DisplayName("1.4: a response timeout up to what a line waits for is taken, a longer one is refused with both")
    void takesNoTimeoutThatHasNoEffect() {
        assertEquals(List.of("PT10M", "PT2M"), assertThrows(Invalid.class, () -> open("responseTimeout", "PT10M")).arguments());
        open("responseTimeout", "PT2M");
        assertEquals("PT2M", stored().settings().get("responseTimeout"));
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({"host, not a host!, route.host", "host, '', required", "port, 99999, route.number", "port, x, route.number", "window, 0, route.number", "responseTimeout, 30s, route.duration",
        "responseTimeout, PT2M0.001S, route.heeded", "responseTimeout, PT10M, route.heeded", "responseTimeout, P29D, route.heeded",
        "dataCoding, utf8, route.choice", "segmentPrice, cheap, route.price", "rate, 0.5, route.number", "verdicts, 0x400=NO, route.verdict.unknown", "verdicts, 1024=PERMANENT, route.verdict.code",
        "verdicts, 0x400=ACCEPTED, route.verdict.never", "verdicts, 0x0=PERMANENT, route.verdict.never", "verdicts, 0x400, route.verdict.code"})
    void namesTheSettingThatIsWrong(String setting, String value, String key) {
        Invalid no = assertThrows(Invalid.class, () -> open(setting, value));
        assertEquals(List.of(setting, key), List.of(no.field(), no.key()));
        if (value.startsWith("0x400=")) {
            assertEquals("0x400", no.arguments().get(0), "names the code");
        }
        assertEquals(Optional.empty(), Optional.ofNullable(stored()));
    }

    @Test void reportsAChangeMadeMeanwhile() {
        open();
        int shown = stored().version();
        desk.change(admin, "second", shown, draft("window", "5"));
        assertEquals("changed.meanwhile", assertThrows(Invalid.class, () -> desk.change(admin, "second", shown, draft("window", "6"))).key());
        Choices.Case all = new Choices.Case(Channel.SMS, null, null);
        desk.choose(operator, all, List.of(), List.of("second", "smpp"));
        assertEquals("changed.meanwhile", assertThrows(Invalid.class, () -> desk.choose(operator, all, List.of(), List.of("smpp"))).key());
        assertEquals(List.of("second", "smpp"), jdbi.withHandle(table::present).ranked(Channel.SMS, 1L, "CA"));
        assertEquals("route.taken", assertThrows(Invalid.class, this::open).key());
        assertEquals("route.builtIn", assertThrows(Invalid.class, () -> desk.change(admin, "smpp", 0, draft())).key());
        desk.remove(admin, "second", stored().version());
        assertEquals(List.of("smpp"), jdbi.withHandle(table::present).ranked(Channel.SMS, 1L, "CA"));
        assertEquals("route.taken", assertThrows(Invalid.class, this::open).key(), "histories name it");
    }

    @Test void pausesOnceAndTellsWho() {
        open();
        desk.pause(operator, "second");
        desk.pause(operator, "second");
        assertTrue(stored().paused());
        desk.resume(operator, "second");
        assertFalse(stored().paused());
        assertEquals(List.of("CREATED", "PAUSED", "RESUMED"), jdbi.withHandle(h -> h.createQuery("select action from route_action order by id").mapTo(String.class).list()));
        assertEquals("route.desk", assertThrows(Invalid.class, () -> desk.pause(person(Role.MANAGER), "second")).key());
    }

    @Test @DisplayName("SEC-26: without a key no secret is stored; with a new one a starting node seals anew, and the old one is not needed any more")
    void changesKeys() {
        RouteDesk keyless = desk(new SecretBox((String) null, null));
        assertFalse(keyless.keepsSecrets());
        assertEquals("route.noKey", assertThrows(Invalid.class, () -> keyless.open(admin, "second", Protocol.SMPP, draft("password", CANARY))).key());
        open("password", CANARY);
        SecretBox both = new SecretBox(NEW_KEY, KEY);
        new RouteShelf(jdbi, clock, table, gateways(both), both).settle();
        SecretBox alone = new SecretBox(NEW_KEY, null);
        assertEquals(Map.of("password", CANARY), secrets(alone));
        Gateway broken = gateways(new SecretBox(KEY, null)).start(stored());
        assertTrue(broken.health().suspended(), "says that the key is missing, and does not call without a password");
        assertFalse(broken.health().open());
    }
}
