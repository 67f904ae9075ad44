package org.carillon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.carillon.fact.Database;
import org.carillon.report.CustomerList;
import org.carillon.report.Newest;
import org.carillon.report.OrderList;
import org.carillon.run.Stack;
import org.carillon.shop.Passwords;
import org.carillon.shop.Scope;
import org.carillon.shop.Secret;
import org.carillon.web.Visitor;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * PERF-13 and the keyset lists of PERF-12: one node with 512 MB of heap and a {@link Population}. Two readers walk the pages and the REST interface for
 * {@code carillon.bench.seconds} (20); then the lists are read beside bare keyset SQL. Prints times, memory and collections.
 */
public final class ManyCustomers {

    private static final PrintStream OUT = System.out;
    private static final String EMAIL = "bench@garage.example";
    private static final int ROUNDS = 15;

    private final Stack stack;
    private final Population population;
    private final String password = Secret.make();
    private final String token = "carillon_" + Secret.make();
    private final AtomicInteger failures = new AtomicInteger();

    private ManyCustomers(Stack stack, Population population) {
        this.stack = stack;
        this.population = population;
    }

    public static void main(String[] args) throws Exception {
        Path collections = Path.of("target", "bench-gc.log").toAbsolutePath();
        Files.deleteIfExists(collections);
        try (Stack stack = Stack.own("bench", Map.of("JAVA_TOOL_OPTIONS", "-Xlog:gc:file=" + collections))) {
            new ManyCustomers(stack, Population.asAsked()).measure(collections);
        }
    }

    private void measure(Path collections) throws Exception {
        long began = System.nanoTime();
        population.fill(stack.owner());
        admit();
        OUT.printf(java.util.Locale.ROOT, "%n%s in %d s; load %.1f%n", population, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began), load());
        Samples samples = new Samples();
        walk(4, new Samples());  // what is loaded and compiled at the first look is not what a day is like
        walk(Integer.getInteger("carillon.bench.seconds", 20), samples);
        OUT.println(samples.table());
        OUT.println(failures + " answers other than 2xx; load " + load());
        memory(collections);
        lists();
    }

    private void admit() {
        String hash = new Passwords().hash(password);
        stack.owner().useHandle(h -> {
            h.execute("insert into staff (email, name, role, language, password) values (?, 'Bench', 'ADMINISTRATOR', 'fr', ?)", EMAIL, hash);
            h.execute("insert into api_token (source, prefix, token_hash, scope, all_places, created_at, created_by) values ('bench', ?, ?, 'ADMIN', true, now(), 'bench')",
                token.substring(0, 15), Secret.hash(token));
        });
    }

    /** Two readers at a time, one of pages and one of REST. */
    private void walk(int seconds, Samples samples) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> all = new ArrayList<>();
            all.add(readers.submit(() -> pages(samples, end)));
            all.add(readers.submit(() -> rest(samples, end)));
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private Void pages(Samples samples, long end) throws Exception {
        Visitor visitor = new Visitor(stack.url());
        if (visitor.signIn("", EMAIL, password).statusCode() != 302) {
            throw new IllegalStateException("not signed in");
        }
        String middle = stack.owner().withHandle(h -> h.createQuery("select id || '.' || name from customer where name >= 'M' order by name, id limit 1").mapTo(String.class).one());
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("home", "/home/view.xhtml");
        paths.put("customers", "/customer/list.xhtml");
        paths.put("customers, from the middle", "/customer/list.xhtml?after=" + java.net.URLEncoder.encode(middle, StandardCharsets.UTF_8));
        paths.put("customers by name", "/customer/list.xhtml?q=sophie+t");
        paths.put("customers by telephone number", "/customer/list.xhtml?q=514+555+0012345");
        paths.put("customers, nobody found", "/customer/list.xhtml?q=zzzzz");
        paths.put("customer", "/customer/view.xhtml?id=" + population.customers() / 2);
        paths.put("orders", "/order/list.xhtml");
        paths.put("orders, from the middle", "/order/list.xhtml?after=" + population.orders() / 2);
        paths.put("orders that are open", "/order/list.xhtml?group=OPEN");
        paths.put("orders by name", "/order/list.xhtml?q=sophie+t");
        paths.put("messages", "/message/list.xhtml");
        paths.put("planned", "/planned/list.xhtml");
        for (int i = 0; System.nanoTime() < end; i++) {
            for (Map.Entry<String, String> path : paths.entrySet()) {
                count(samples.time(path.getKey(), () -> visitor.get(path.getValue())));
            }
        }
        return null;
    }

    private Void rest(Samples samples, long end) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 1; System.nanoTime() < end; i++) {
            int n = 1 + i * 7919 % population.orders();
            count(samples.time("GET /customers/{ref}", () -> client.send(request("customers/C-" + n).GET().build(), HttpResponse.BodyHandlers.ofString())));
            count(samples.time("PUT /orders/{ref}", () -> client.send(request("orders/R-" + n)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"status\":\"" + (n % 2 == 0 ? "READY" : "IN_PROGRESS") + "\"}")).build(), HttpResponse.BodyHandlers.ofString())));
            count(samples.time("GET /messages?customer=", () -> client.send(request("messages?customer=C-" + n).GET().build(), HttpResponse.BodyHandlers.ofString())));
        }
        return null;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(stack.url() + "api/v1/" + path)).header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
    }

    private void count(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2 && failures.incrementAndGet() <= 3) {
            OUT.println(answer.uri() + " answered " + answer.statusCode() + " " + answer.body().substring(0, Math.min(300, answer.body().length())));
        }
    }

    private void memory(Path collections) throws IOException, InterruptedException {
        long pid = stack.node().process().pid();
        OUT.println(Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream().filter(line -> line.matches("Vm(RSS|HWM):.*")).collect(Collectors.joining(", ")).replace('\t', ' '));
        List<String> log = Files.readAllLines(collections);
        OUT.println(log.stream().filter(line -> line.contains("Pause Young")).count() + " young and " + log.stream().filter(line -> line.contains("Pause Full")).count() + " full collections; the last:");
        log.stream().filter(line -> line.contains("Pause")).skip(Math.max(0, log.stream().filter(line -> line.contains("Pause")).count() - 2)).forEach(OUT::println);
        new ProcessBuilder("jcmd", Long.toString(pid), "GC.run").redirectErrorStream(true).start().waitFor();
        Process heap = new ProcessBuilder("jcmd", Long.toString(pid), "GC.heap_info").redirectErrorStream(true).start();
        OUT.println("live after a full collection:\n" + new String(heap.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        OUT.println("OutOfMemoryError in the log: " + Files.readString(stack.node().log()).contains("OutOfMemoryError"));
    }

    /** Our list queries beside the barest SQL that turns the same page, interleaved. */
    private void lists() throws Exception {
        Jdbi jdbi = stack.jdbi();
        try (Handle kept = jdbi.open()) {  // opening a connection for each query would be most of what is measured
            lists(Database.prepare(Jdbi.create(kept.getConnection())));
        }
    }

    private void lists(Jdbi jdbi) throws Exception {
        Scope all = Scope.everything();
        Scope one = Scope.of(java.util.Set.of(1L));
        Scope small = Scope.of(java.util.Set.of(3L));
        CustomerList customers = new CustomerList(jdbi);
        OrderList orders = new OrderList(jdbi);
        String middle = stack.owner().withHandle(h -> h.createQuery("select id || '.' || name from customer where name >= 'M' order by name, id limit 1").mapTo(String.class).one());
        Samples samples = new Samples();
        for (int round = 0; round < ROUNDS; round++) {
            samples.time("keyset SQL, customers", () -> jdbi.withHandle(h -> h.createQuery("select * from customer order by name, id limit 51").mapToMap().list()));
            samples.time("customers, everywhere", () -> customers.read(all, null, null));
            samples.time("customers, one location", () -> customers.read(one, null, null));
            samples.time("keyset SQL, customers from the middle",
                () -> jdbi.withHandle(h -> h.createQuery("select * from customer where (name, id) > ('M', 1) order by name, id limit 51").mapToMap().list()));
            samples.time("customers from the middle, everywhere", () -> customers.read(all, null, middle));
            samples.time("customers from the middle, one location", () -> customers.read(one, null, middle));
            samples.time("customers, a small location", () -> customers.read(small, null, null));
            samples.time("customers from the middle, a small location", () -> customers.read(small, null, middle));
            samples.time("customers by name, everywhere", () -> customers.read(all, "sophie t", null));
            samples.time("customers by name, one location", () -> customers.read(one, "sophie t", null));
            samples.time("customers by number, one location", () -> customers.read(one, "514 555 0012345", null));
            samples.time("customers, nobody found", () -> customers.read(one, "zzzzz", null));
            samples.time("keyset SQL, orders", () -> jdbi.withHandle(h -> h.createQuery("select * from work_order order by id desc limit 51").mapToMap().list()));
            for (Scope scope : List.of(all, one)) {
                String where = scope.all() ? ", everywhere" : ", one location";
                samples.time("orders" + where, () -> orders.read(scope, new Newest.Filter(null, null, null, null, null)));
                samples.time("orders counted" + where, () -> orders.counts(scope, new Newest.Filter(null, null, null, null, null)));
                samples.time("orders that are ready" + where, () -> orders.read(scope, new Newest.Filter(null, "READY", null, null, null)));
                samples.time("orders by name" + where, () -> orders.read(scope, new Newest.Filter("sophie t", null, null, null, null)));
                samples.time("orders by name counted" + where, () -> orders.counts(scope, new Newest.Filter("sophie t", null, null, null, null)));
            }
        }
        OUT.println(samples.table() + "load " + load());
    }

    private static double load() { return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(); }
}
