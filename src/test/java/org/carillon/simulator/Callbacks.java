package org.carillon.simulator;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signed calls of the provider to the application, repeated until they are taken. The signature is written down a second time here: the application must not be its own judge. */
final class Callbacks {

    private static final int TRIES = 30;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final ScheduledExecutorService later;

    Callbacks(ScheduledExecutorService later) { this.later = later; }

    /** Completes when the application answered 2xx. */
    CompletableFuture<Void> send(String url, Map<String, String> fields) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        send(url, new TreeMap<>(fields), 1, taken);
        return taken;
    }

    private void send(String url, SortedMap<String, String> fields, int attempt, CompletableFuture<Void> taken) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(15)).header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Twilio-Signature", signature(MessagesApi.TOKEN, url, fields)).POST(HttpRequest.BodyPublishers.ofString(form(fields))).build();
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((response, failure) -> {
            if (failure == null && response.statusCode() / 100 == 2) {
                taken.complete(null);
            } else if (attempt < TRIES && !later.isShutdown()) {
                later.schedule(() -> send(url, fields, attempt + 1, taken), Math.min(attempt, 5) * 200L, TimeUnit.MILLISECONDS);
            } else {
                taken.completeExceptionally(new IllegalStateException("the application does not take it: " + (failure == null ? response.statusCode() : failure)));
            }
        });
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream().map(e -> URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8) + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    }

    static String signature(String token, String url, SortedMap<String, String> fields) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            mac.update(url.getBytes(StandardCharsets.UTF_8));
            fields.forEach((name, value) -> mac.update((name + value).getBytes(StandardCharsets.UTF_8)));
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
