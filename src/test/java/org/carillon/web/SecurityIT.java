package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a stranger, a guesser and a person of the wrong role can and cannot get from the running application. */
class SecurityIT {

    private static Stack stack;
    private static URI url;

    @BeforeAll static void open() {
        stack = House.open();
        url = stack.url();
    }

    @BeforeEach void forgetGuesses() { stack.owner().useHandle(h -> h.execute("truncate sign_in_attempt")); }

    private static Visitor visitor() { return new Visitor(url); }

    @Test @DisplayName("SEC-07: the headers are on every response")
    void sendsHeaders() throws Exception {
        Visitor admin = visitor().signedIn(House.email(Role.ADMINISTRATOR));
        Visitor advisor = visitor().signedIn(House.email(Role.ADVISOR));
        List<HttpResponse<String>> answers = List.of(visitor().get("/"), visitor().get("/open/signin.xhtml"), visitor().get("/staff/list.xhtml"),
            visitor().get("/jakarta.faces.resource/carillon.css.xhtml?ln=carillon"), visitor().get("/nowhere"), visitor().get("/nowhere/at/all.xhtml"),
            visitor().post("/open/signin.xhtml", Map.of("signin", "signin")), admin.get("/staff/list.xhtml"), advisor.get("/staff/list.xhtml"),
            admin.post("/company/edit.xhtml", Map.of("form", "form", "primefaces.nonce", "MDAwMDAwMDAtMDAwMC00MDAw", "jakarta.faces.ViewState", "1:1")),
            admin.post("/company/edit.xhtml", Map.of("form", "form", "jakarta.faces.ViewState", "1:1")), visitor().get("/api/v1/nothing"));
        for (HttpResponse<String> answer : answers) {
            String about = answer.uri() + " " + answer.statusCode();
            List<String> policies = answer.headers().allValues("Content-Security-Policy");
            assertEquals(1, policies.size(), about);
            String policy = policies.get(0);
            for (String part : List.of("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")) {
                assertTrue(policy.contains(part), about + ": " + policy);
            }
            String scripts = policy.contains("script-src") ? policy.substring(policy.indexOf("script-src")) : "";
            assertFalse(scripts.contains("unsafe"), about + ": " + policy);
            assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(null), about);
            assertEquals("no-referrer", answer.headers().firstValue("Referrer-Policy").orElse(null), about);
        }
        String page = admin.get("/staff/list.xhtml").headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(page.matches(".*script-src 'self' 'nonce-[^']{16,}'.*"), page);
        assertEquals("no-store", admin.get("/staff/list.xhtml").headers().firstValue("Cache-Control").orElse(null));
    }

    @Test @DisplayName("SEC-02: files of the application and of the platform stay inside")
    void servesNoFiles() throws Exception {
        for (String path : List.of("/.//WEB-INF/classes/META-INF/microprofile-config.properties", "/WEB-INF/web.xml", "/WEB-INF/classes/i18n/shell_fr.properties",
                "/jakarta.faces.resource/web.xml.xhtml?loc=/../../WEB-INF", "/jakarta.faces.resource/web.xml.xhtml?ln=../../WEB-INF",
                "/jakarta.faces.resource/../WEB-INF/web.xml.xhtml", "/jakarta.faces.resource/%2e%2e/WEB-INF/web.xml", "/jakarta.faces.resource/web.xml.xhtml?con=/../WEB-INF",
                "/jakarta.faces.resource/dynamiccontent.properties.xhtml?ln=primefaces&pfdrid=a&pfdrt=sc", "/staff/_panel.xhtml", "/WEB-INF/layout/shell.xhtml", "/.%2fWEB-INF/web.xml",
                "/resources/carillon/carillon.js", "/META-INF/MANIFEST.MF", "/staff/list.xhtml;x=/WEB-INF/web.xml/../")) {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nConnection: close\r\n\r\n");
            assertTrue(answer.matches("(?s)HTTP/1.1 (400|403|404|302).*"), path + " -> " + answer.lines().findFirst().orElse(""));
            for (String inside : List.of("<web-app", "<servlet", "carillon.jdbc", "nav.staff=", "ui:composition", "Manifest-Version", "staffList.")) {
                assertFalse(answer.contains(inside), path + " shows " + inside);
            }
        }
    }

    @Test @DisplayName("SEC-04: a form is taken only with the view state of its own session")
    void refusesForeignForms() throws Exception {
        Visitor admin = visitor().signedIn(House.email(Role.ADMINISTRATOR));
        Visitor other = visitor().signedIn(House.email(Role.ADMINISTRATOR, "west"));
        String before = companyName();
        String nonce = Visitor.nonce(admin.get("/company/edit.xhtml").body());
        for (String state : new String[] {null, "", "1234567890:987654321", Visitor.viewState(other.get("/company/edit.xhtml").body())}) {
            Map<String, String> form = new LinkedHashMap<>(Map.of("form", "form", "form:name", "Taken over", "form:address", "", "form:language", "fr", "form:save", "form:save", "primefaces.nonce", nonce));
            if (state != null) {
                form.put("jakarta.faces.ViewState", state);
            }
            HttpResponse<String> answer = admin.post("/company/edit.xhtml", form);
            assertEquals(before, companyName(), "view state " + state);
            assertEquals(state == null ? 200 : 302, answer.statusCode(), "view state " + state);
            if (state != null) {
                assertTrue(answer.headers().firstValue("Location").orElseThrow().endsWith("/company/edit.xhtml"), "the page anew");
                assertTrue(admin.get("/company/edit.xhtml").body().contains("Cette page est restée ouverte trop longtemps"), "with a word of why");
                assertFalse(admin.get("/company/edit.xhtml").body().contains("Cette page est restée ouverte trop longtemps"), "once");
            }
        }
    }

    @Test @DisplayName("a form that was open until the session ended leads to the sign-in, which leads back, and a sign-in page that was open as long is loaded anew")
    void leadsBackWhenTheSessionHasEnded() throws Exception {
        String nonce = "MDAwMDAwMDAtMDAwMC00MDAw";
        HttpResponse<String> answer = visitor().post("/company/edit.xhtml", Map.of("form", "form", "primefaces.nonce", nonce, "jakarta.faces.ViewState", "1:1"));
        assertEquals(302, answer.statusCode());
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertTrue(location.endsWith("/open/signin.xhtml?to=%2Fcompany%2Fedit.xhtml&ended=true"), location);
        assertTrue(visitor().get(location.substring(location.indexOf("/open/"))).body().contains("Votre session a pris fin"));
        Visitor late = visitor();
        HttpResponse<String> stale = late.post("/open/signin.xhtml?to=%2Fstaff%2Flist.xhtml", Map.of("signin", "signin", "primefaces.nonce", nonce, "jakarta.faces.ViewState", "1:1"));
        assertEquals(302, stale.statusCode());
        assertTrue(stale.headers().firstValue("Location").orElseThrow().endsWith("/open/signin.xhtml?to=%2Fstaff%2Flist.xhtml"), stale.headers().toString());
        assertTrue(late.get("/open/signin.xhtml").body().contains("Cette page est restée ouverte trop longtemps"));
    }

    @Test @DisplayName("SEC-04: looking changes nothing")
    void getsHaveNoEffect() throws Exception {
        Visitor admin = visitor().signedIn(House.email(Role.ADMINISTRATOR));
        List<String> pages = new ArrayList<>();
        try (var files = Files.walk(Path.of("src/main/webapp"))) {
            files.map(file -> Path.of("src/main/webapp").relativize(file).toString()).filter(file -> file.matches("[a-z]+/[a-z]+\\.xhtml")).forEach(pages::add);
        }
        String before = fingerprint();
        for (String page : pages) {
            assertTrue(admin.get("/" + page).statusCode() < 500, page);
            assertTrue(admin.get("/" + page + "?id=1&jakarta.faces.source=form:save&form:save=form:save&form=form").statusCode() < 500, page);
        }
        assertEquals(before, fingerprint());
    }

    @Test @DisplayName("SEC-06: a new session id at sign-in; the cookie is HttpOnly and SameSite; signing out ends the session")
    void changesTheSession() throws Exception {
        Visitor visitor = visitor();
        HttpResponse<String> first = visitor.get("/open/signin.xhtml");
        String planted = visitor.sessionId();
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.contains("HttpOnly") && cookie.toLowerCase(java.util.Locale.ROOT).contains("samesite=lax"), cookie);
        assertFalse(first.body().contains("jsessionid"), "no session in an address");
        visitor.signedIn(House.email(Role.ADMINISTRATOR));
        assertNotEquals(planted, visitor.sessionId());
        assertEquals(200, visitor.get("/staff/list.xhtml").statusCode());
        String stale = raw("GET /staff/list.xhtml HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nCookie: carillon=" + planted + "\r\nConnection: close\r\n\r\n");
        assertTrue(stale.startsWith("HTTP/1.1 302"), stale);

        String page = visitor.get("/staff/list.xhtml").body();
        assertEquals(302, visitor.post("/staff/list.xhtml", Map.of("top", "top", "top:out", "top:out", "primefaces.nonce", Visitor.nonce(page), "jakarta.faces.ViewState", Visitor.viewState(page))).statusCode());
        assertEquals(302, visitor.get("/staff/list.xhtml").statusCode());
    }

    @Test @DisplayName("SEC-06: whoever is disabled is out at the next click")
    void putsOutTheDisabled() throws Exception {
        String email = "leaver@house.example";
        stack.owner().useHandle(h -> h.execute("insert into staff (email, name, role, password) select ?, 'Leaver', 'ADMINISTRATOR', password from staff where email = ?",
            email, House.email(Role.ADMINISTRATOR)));
        Visitor leaver = visitor().signedIn(email);
        assertEquals(200, leaver.get("/staff/list.xhtml").statusCode());
        stack.owner().useHandle(h -> h.execute("update staff set active = false, epoch = epoch + 1 where email = ?", email));
        HttpResponse<String> answer = leaver.get("/staff/list.xhtml");
        assertEquals(302, answer.statusCode());
        assertTrue(answer.headers().firstValue("Location").orElseThrow().contains("/open/signin.xhtml"));
        assertEquals(200, leaver.signIn("", email, House.PASSWORD).statusCode(), "and stays out");
    }

    @Test @DisplayName("SEC-13: each role sees its sections and no other")
    void admitsByRole() throws Exception {
        for (Role role : Role.values()) {
            Visitor visitor = visitor().signedIn(House.email(role));
            for (Section section : Section.values()) {
                if (Files.exists(Path.of("src/main/webapp" + section.getPath()))) {
                    assertEquals(section.admits(role) ? 200 : 403, visitor.get(section.getPath()).statusCode(), role + " " + section);
                }
            }
        }
    }

    @Test @DisplayName("SEC-15: after ten wrong guesses even the right password waits, and an unknown name hears the same")
    void slowsGuessers() throws Exception {
        Visitor guesser = visitor();
        for (String email : List.of(House.email(Role.ADVISOR, "west"), "nobody@house.example")) {
            String refused = null;
            for (int i = 0; i < 10; i++) {
                HttpResponse<String> answer = guesser.signIn("", email, "wrong guess " + i);
                assertEquals(200, answer.statusCode());
                refused = answer.body();
            }
            assertTrue(refused.contains("L’adresse ou le mot de passe ne convient pas"), refused);
            assertTrue(guesser.signIn("", email, House.PASSWORD).body().contains("Trop d’essais"));
        }
    }

    @Test void returnsToTheWantedPageButNeverElsewhere() throws Exception {
        HttpResponse<String> turnedAway = visitor().get("/staff/list.xhtml?q=a%20b");
        String location = turnedAway.headers().firstValue("Location").orElseThrow();
        assertTrue(location.contains("to=%2Fstaff%2Flist.xhtml%3Fq"), location);
        HttpResponse<String> back = visitor().signIn("?to=%2Fstaff%2Flist.xhtml%3Fq%3D1", House.email(Role.ADMINISTRATOR), House.PASSWORD);
        assertTrue(back.headers().firstValue("Location").orElseThrow().endsWith("/staff/list.xhtml?q=1"), back.headers().toString());
        for (String evil : List.of("https://evil.example/", "//evil.example", "/%5Cevil.example", "/staff/list.xhtml%0d%0aX: y", "javascript:alert(1)")) {
            HttpResponse<String> answer = visitor().signIn("?to=" + java.net.URLEncoder.encode(evil, StandardCharsets.UTF_8), House.email(Role.ADMINISTRATOR), House.PASSWORD);
            String target = answer.headers().firstValue("Location").orElseThrow();
            assertFalse(target.contains("evil") || target.contains("alert") || target.contains("X:"), target);
        }
    }

    private static String companyName() { return stack.owner().withHandle(h -> h.createQuery("select coalesce(max(name), '') from company").mapTo(String.class).one()); }

    /** Of everything that people enter; heartbeats and sign-in times move by themselves. */
    private static String fingerprint() {
        return stack.owner().withHandle(h -> {
            StringBuilder all = new StringBuilder();
            for (String table : List.of("company", "location", "staff_location", "invitation", "api_token", "customer", "template", "automation", "work_order")) {
                all.append(table).append(h.createQuery("select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from " + table + " t").mapTo(String.class).one());
            }
            return all.toString();
        });
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
