package org.carillon.web;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a cookie jar and no browser: says exactly what is sent. Follows no redirect by itself. */
public final class Visitor {

    private static final Pattern VIEW_STATE = Pattern.compile("name=\"jakarta\\.faces\\.ViewState\"[^>]*value=\"([^\"]+)\"");

    private static final Pattern NONCE = Pattern.compile("csp\\.init\\('([^']+)'");

    final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).cookieHandler(cookies).connectTimeout(Duration.ofSeconds(5)).build();
    private URI base;

    public Visitor(URI base) { this.base = base; }

    /** The same person with the same cookies, led to another node of the same host. */
    public Visitor at(URI node) {
        base = node;
        return this;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(base.resolve(path)).header("Accept-Language", "fr").GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, Map<String, String> form) throws IOException, InterruptedException { return post(path, form, "Accept", "text/html"); }

    /** The same as a script of the page sends it; what it answers is XML. */
    public HttpResponse<String> ajax(String path, Map<String, String> form) throws IOException, InterruptedException { return post(path, form, "Faces-Request", "partial/ajax"); }

    private HttpResponse<String> post(String path, Map<String, String> form, String header, String value) throws IOException, InterruptedException {
        String body = form.entrySet().stream().map(e -> URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8) + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
        return client.send(HttpRequest.newBuilder(base.resolve(path)).header("Content-Type", "application/x-www-form-urlencoded").header("Accept-Language", "fr").header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What the sign-in page sends; a success answers with a redirect. */
    public HttpResponse<String> signIn(String query, String email, String password) throws IOException, InterruptedException {
        String page = get("/open/signin.xhtml" + query).body();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("signin", "signin");
        form.put("signin:email", email);
        form.put("signin:password", password);
        form.put("signin:enter", "signin:enter");
        form.put("primefaces.nonce", nonce(page));
        form.put("jakarta.faces.ViewState", viewState(page));
        return post("/open/signin.xhtml", form);
    }

    Visitor signedIn(String email) throws IOException, InterruptedException {
        HttpResponse<String> answer = signIn("", email, House.PASSWORD);
        if (answer.statusCode() != 302) {
            throw new IllegalStateException("not signed in: " + answer.statusCode() + " " + answer.body());
        }
        return this;
    }

    String sessionId() {
        return cookies.getCookieStore().getCookies().stream().filter(cookie -> cookie.getName().equals("carillon")).map(java.net.HttpCookie::getValue).findFirst().orElse(null);
    }

    public static String viewState(String page) {
        Matcher state = VIEW_STATE.matcher(page);
        return state.find() ? state.group(1) : "";
    }

    /** PrimeFaces keeps it in the session and wants it back with every form. */
    public static String nonce(String page) {
        Matcher nonce = NONCE.matcher(page);
        return nonce.find() ? nonce.group(1) : "";
    }
}
