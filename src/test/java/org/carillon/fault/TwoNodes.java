package org.carillon.fault;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carillon.fact.Database;
import org.carillon.run.Directories;
import org.carillon.run.Node;
import org.carillon.run.Ports;
import org.carillon.run.Postgres;
import org.carillon.shop.Passwords;
import org.carillon.simulator.Simulator;
import org.carillon.web.Visitor;
import org.jdbi.v3.core.Jdbi;

/**
 * The scripts of {@code server-config} as an operator calls them, with {@code CARILLON_CLUSTER=yes}: two nodes, a person who signs in at one that is then
 * killed, forms that the dead one rendered; then {@code rolling-restart.sh}. {@code mvn -Pfault verify -Dfault=TwoNodes}
 */
public final class TwoNodes {

    private static final PrintStream OUT = System.out;
    private static final Path HOME = Path.of("target", "two-nodes").toAbsolutePath();
    private static final String EMAIL = "two@garage.example";
    private static final String PASSWORD = "wood-rain-seven-lamps";

    /** Fewer than the views that a session keeps. */
    private static final List<String> PAGES = List.of("/company/edit.xhtml", "/privacy/edit.xhtml", "/staff/list.xhtml", "/status/list.xhtml", "/template/edit.xhtml", "/template/list.xhtml",
        "/route/list.xhtml", "/token/list.xhtml", "/notification/list.xhtml", "/notification/all.xhtml", "/backlog/view.xhtml");

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final int[] ports = {Ports.free(), Ports.free()};

    private TwoNodes() throws IOException { }

    public static void main(String[] args) throws Exception {
        Postgres.stopLeftOver(HOME.resolve("pg"));
        Directories.delete(HOME);
        try (Postgres postgres = Postgres.start(HOME.resolve("pg"), 0, HOME.resolve("postgres.log"));
             Simulator simulator = Simulator.start(Simulator.Settings.anyPorts().withDatabase(postgres.as("carillon")))) {
            TwoNodes nodes = new TwoNodes();
            try {
                nodes.prepare(postgres, simulator);
                nodes.call("start-two-nodes.sh");
                Jdbi owner = Database.prepare(Jdbi.create(postgres.as("carillon")));
                owner.useHandle(h -> h.execute("insert into staff (email, name, role, language, password) values (?, 'Two', 'ADMINISTRATOR', 'fr', ?)", EMAIL, new Passwords().hash(PASSWORD)));
                nodes.signIn(owner);
                nodes.call("rolling-restart.sh");
            } finally {
                nodes.signal("a", "TERM");
                nodes.signal("b", "TERM");
            }
        }
    }

    private void prepare(Postgres postgres, Simulator simulator) {
        Map<String, String> settings = new LinkedHashMap<>(postgres.settings());
        settings.putAll(simulator.settings());
        settings.forEach((key, value) -> environment.put(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value));
        environment.putAll(Map.of("CARILLON_PUBLICURL", "http://127.0.0.1:" + ports[0] + "/", "CARILLON_WORK", HOME.toString(), "CARILLON_HTTP_PORT", Integer.toString(ports[0]),
            "CARILLON_HTTP_PORT_B", Integer.toString(ports[1]), "CARILLON_WAR", Node.WAR.toAbsolutePath().toString(), "CARILLON_PAYARA", Node.PAYARA.toAbsolutePath().toString(),
            "CARILLON_CLUSTER", System.getProperty("carillon.fault.cluster", "yes"), "CARILLON_PATIENCE", "300", "CARILLON_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    private void call(String script, String... arguments) throws IOException, InterruptedException {
        String[] line = new String[1 + arguments.length];
        line[0] = Path.of("server-config", script).toAbsolutePath().toString();
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IOException(script + " answered " + code);
        }
    }

    /** In at a, out of a page of a, a is killed, and the same cookies go on at b. */
    private void signIn(Jdbi owner) throws IOException, InterruptedException {
        Visitor visitor = new Visitor(url(0));
        expect("sign-in at a", 302, visitor.signIn("", EMAIL, PASSWORD));
        Map<String, String> full = preferences(page("/profile/edit.xhtml", visitor));
        Map<String, String> ajax = password(page("/profile/edit.xhtml", visitor));
        Map<String, Map<String, String>> others = new LinkedHashMap<>();
        for (String page : PAGES) {
            others.put(page, form(page(page, visitor)));
        }
        expect("the same cookies at b", 200, visitor.at(url(1)).get("/home/view.xhtml"));
        signal("a", "KILL");
        expect("at b, after a was killed", 200, visitor.get("/home/view.xhtml"));
        expect("a form that a had rendered, sent to b", 302, visitor.post("/profile/edit.xhtml", full));
        if (!"DARK".equals(owner.withHandle(h -> h.createQuery("select appearance from staff where email = ?").bind(0, EMAIL).mapTo(String.class).one()))) {
            throw new IOException("what was typed at a was lost at b");
        }
        HttpResponse<String> refused = visitor.ajax("/profile/edit.xhtml", ajax);
        expect("a form that a had rendered, sent to b by a script", 200, refused);
        if (!refused.body().contains("c-invalid") && !refused.body().contains("ui-state-error")) {
            throw new IOException("not refused beside its field: " + refused.body());
        }
        for (Map.Entry<String, Map<String, String>> one : others.entrySet()) {
            expect(one.getKey() + " of a, sent to b", 200, visitor.post(one.getKey(), one.getValue()));
        }
        call("start-two-nodes.sh", "a");
        expect("the same cookies at the new a", 200, visitor.at(url(0)).get("/home/view.xhtml"));
    }

    private String page(String path, Visitor visitor) throws IOException, InterruptedException {
        HttpResponse<String> page = visitor.get(path);
        expect(path + " of a", 200, page);
        return page.body();
    }

    private static Map<String, String> form(String page) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("primefaces.nonce", Visitor.nonce(page));
        form.put("jakarta.faces.ViewState", Visitor.viewState(page));
        return form;
    }

    private static Map<String, String> preferences(String page) {
        Map<String, String> form = form(page);
        form.put("form", "form");
        form.put("form:language", "fr");
        form.put("form:appearance", "DARK");
        form.put("form:save", "form:save");
        return form;
    }

    /** With a wrong old one. */
    private static Map<String, String> password(String page) {
        Map<String, String> form = form(page);
        form.put("secret", "secret");
        form.put("secret:old", "not this one");
        form.put("secret:password", "horse-sand-nine-roofs");
        form.put("secret:change", "secret:change");
        form.put("jakarta.faces.partial.ajax", "true");
        form.put("jakarta.faces.source", "secret:change");
        form.put("jakarta.faces.partial.execute", "secret");
        form.put("jakarta.faces.partial.render", "secret");
        return form;
    }

    private void expect(String what, int status, HttpResponse<String> answer) throws IOException {
        OUT.println(what + ": " + answer.statusCode() + " " + answer.headers().firstValue("Location").orElse(""));
        if (answer.statusCode() != status) {
            throw new IOException(what + ": expected " + status);
        }
    }

    private URI url(int node) { return URI.create("http://127.0.0.1:" + ports[node] + "/"); }

    private void signal(String node, String name) throws IOException, InterruptedException {
        Path pid = HOME.resolve(node).resolve("node.pid");
        if (Files.exists(pid)) {
            new ProcessBuilder("kill", "-" + name, Files.readString(pid).strip()).start().waitFor();
        }
    }
}
