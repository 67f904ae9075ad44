package org.carillon.intake;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.carillon.run.Stack;
import org.carillon.shop.Secret;

/** A shop system with its token. */
record Rest(URI url, String token) {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    record Answer(int status, HttpResponse<String> response) {

        JsonObject json() {
            try (var reader = Json.createReader(new StringReader(response.body()))) {
                return reader.readObject();
            }
        }

        String header(String name) { return response.headers().firstValue(name).orElse(""); }

        @Override public String toString() { return status + " " + response.body(); }
    }

    /** The demo company's own token: everything, everywhere. */
    static Rest demo() { return new Rest(Stack.get().url(), Stack.get().accounts().get("apiToken")); }

    /** A token issued for this test. */
    static Rest of(String source, String access, String... locations) { return issue(Stack.get(), source, access, "null", "null", locations); }

    /** The same, of a stack that is a test's own. */
    static Rest of(Stack stack, String source, String access) { return issue(stack, source, access, "null", "null"); }

    static Rest expired(String source) { return issue(Stack.get(), source, "ADMIN", "now() - interval '1 second'", "null"); }

    static Rest revoked(String source) { return issue(Stack.get(), source, "ADMIN", "null", "now()"); }

    private static Rest issue(Stack stack, String source, String access, String expires, String revoked, String... locations) {
        String token = "carillon_" + Secret.make();
        stack.owner().useHandle(h -> {
            long id = h.createQuery("insert into api_token (source, prefix, token_hash, scope, all_places, expires_at, revoked_at, created_at, created_by) values "
                    + "(:source, :prefix, :hash, :access, :all, " + expires + ", " + revoked + ", now(), 'test') returning id")
                .bind("source", source).bind("prefix", token.substring(0, 15)).bind("hash", Secret.hash(token)).bind("access", access)
                .bind("all", locations.length == 0).mapTo(Long.class).one();
            Arrays.stream(locations).forEach(code -> h.execute("insert into api_token_location (token_id, location_id) select ?, id from location where code = ?", id, code));
        });
        return new Rest(stack.url(), token);
    }

    static String ref() { return "T-" + UUID.randomUUID().toString().substring(0, 12); }

    Answer get(String path) { return call("GET", path, null, "application/json"); }

    Answer put(String path, String body) { return call("PUT", path, body.replace('\'', '"'), "application/json"); }

    Answer post(String path, String body) { return call("POST", path, body.replace('\'', '"'), "application/json"); }

    Answer call(String method, String path, String body, String type, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "api/v1/" + path)).timeout(Duration.ofSeconds(60))
            .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null && type != null) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
