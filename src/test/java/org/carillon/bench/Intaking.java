package org.carillon.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.run.Stack;
import org.carillon.shop.Secret;

/**
 * PERF-02: changes of orders by {@code POST /batch}, {@code carillon.bench.lines} (200) a call, beside one {@code PUT} each, on one node, both by
 * {@code carillon.bench.clients} (8) clients with a connection each. {@code carillon.bench.events} (1,600) orders a round.
 */
public final class Intaking {

    /** So many orders change their status in one call. */
    private record Calls(String name, Stack stack, String token, int clients, int lines, int size, AtomicInteger next) implements Workload {

        @Override public void prepare() { }

        @Override public double run() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(clients);
            try {
                long began = System.nanoTime();
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    all.add(threads.submit(this::share));
                }
                for (Future<?> one : all) {
                    one.get(10, TimeUnit.MINUTES);
                }
                return Workload.rate(size, System.nanoTime() - began);
            } finally {
                threads.shutdownNow();
            }
        }

        private Void share() throws Exception {
            HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            for (int done = 0; done < size / clients; done += lines) {
                int first = next.getAndAdd(lines);
                HttpResponse<String> answer = client.send(lines == 1 ? single(first) : batch(first), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() / 100 != 2 || answer.body().contains("\"problem\"")) {
                    throw new IllegalStateException(answer.statusCode() + " " + answer.body().substring(0, Math.min(300, answer.body().length())));
                }
            }
            return null;
        }

        private HttpRequest single(int n) { return request("orders/" + ref(n)).PUT(HttpRequest.BodyPublishers.ofString(body(n))).build(); }

        private HttpRequest batch(int first) {
            return request("batch").POST(HttpRequest.BodyPublishers.ofString(IntStream.range(first, first + lines)
                .mapToObj(n -> "{\"type\":\"order\",\"ref\":\"" + ref(n) + "\",\"body\":" + body(n) + "}").collect(Collectors.joining(",", "[", "]")))).build();
        }

        private static String ref(int n) { return "R-" + (1 + n % 20_000); }

        /** A status that no notification waits for, another one each time round, so that what is measured is the intake. */
        private static String body(int n) { return "{\"status\":\"S-" + (n / 20_000 % 2 == 0 ? 41 : 42) + "\"}"; }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(stack.url() + "api/v1/" + path)).header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
        }
    }

    private Intaking() { }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        String token = "carillon_" + Secret.make();
        int clients = Integer.getInteger("carillon.bench.clients", 8);
        int size = Integer.getInteger("carillon.bench.events", 1_600);
        try (Stack stack = Stack.own("intaking", Map.of())) {
            new Chain(20, 50, 20_000).fill(stack.owner());
            stack.owner().useHandle(h -> h.execute("insert into api_token (source, prefix, token_hash, scope, all_places, created_at, created_by) values ('bench', ?, ?, 'ADMIN', true, now(), 'bench')",
                token.substring(0, 15), Secret.hash(token)));
            AtomicInteger next = new AtomicInteger();
            Calls batch = new Calls("POST /batch", stack, token, clients, Integer.getInteger("carillon.bench.lines", 200), size, next);
            Calls single = new Calls("PUT /orders", stack, token, clients, 1, size, next);
            new Contest(batch, single).run().row("PERF-02", batch, single, ">= 5");
        }
    }
}
