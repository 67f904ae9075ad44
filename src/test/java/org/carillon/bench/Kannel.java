package org.carillon.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.simulator.Simulator;

/** Kannel, where it is installed: HTTP in over connections that stay open, SMPP out with the same window, no store, no receipts, hardly a log. */
final class Kannel implements Workload, AutoCloseable {

    private static final int CONNECTIONS = 50;

    private final Smsc smsc;
    private final int size;
    private final int http;
    private final ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    private final List<Process> boxes = new ArrayList<>();

    private Kannel(Smsc smsc, int size, int http) {
        this.smsc = smsc;
        this.size = size;
        this.http = http;
    }

    /** Started and bound; empty where it is not installed. */
    static Optional<Kannel> start(Smsc smsc, int window, int size) throws Exception {
        Optional<Path> bearerbox = Tool.find("bearerbox");
        Optional<Path> smsbox = Tool.find("smsbox");
        if (bearerbox.isEmpty() || smsbox.isEmpty()) {
            return Optional.empty();
        }
        int[] ports = {free(), free(), free()};
        Path file = Files.createDirectories(Path.of("target", "bench-kannel")).resolve("kannel.conf").toAbsolutePath();
        Files.writeString(file, """
            group = core
            admin-port = %d
            admin-interface = 127.0.0.1
            admin-password = bench
            smsbox-port = %d
            smsbox-interface = 127.0.0.1
            box-allow-ip = "127.0.0.1"
            log-level = 4
            log-file = "%s/bearerbox.log"
            dlr-storage = internal

            group = smsc
            smsc = smpp
            smsc-id = simulator
            host = 127.0.0.1
            port = %d
            transceiver-mode = true
            smsc-username = %s
            smsc-password = %s
            system-type = ""
            max-pending-submits = %d
            source-addr-ton = 5
            source-addr-npi = 0

            group = smsbox
            bearerbox-host = 127.0.0.1
            sendsms-interface = 127.0.0.1
            sendsms-port = %d
            log-level = 4
            log-file = "%s/smsbox.log"

            group = sendsms-user
            username = bench
            password = bench
            """.formatted(ports[0], ports[1], file.getParent(), smsc.simulator.smpp().port(), Simulator.SYSTEM_ID, Simulator.PASSWORD, window, ports[2], file.getParent()));
        Kannel kannel = new Kannel(smsc, size, ports[2]);
        long binds = smsc.simulator.smpp().binds();
        kannel.box(bearerbox.get(), file);
        await(() -> smsc.simulator.smpp().binds() > binds);
        kannel.box(smsbox.get(), file);
        await(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", kannel.http), 1_000);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return Optional.of(kannel);
    }

    private void box(Path program, Path settings) throws IOException {
        boxes.add(new ProcessBuilder(program.toString(), "-v", "4", settings.toString()).redirectErrorStream(true).redirectOutput(settings.resolveSibling("out.log").toFile()).start());
    }

    @Override public String name() { return "Kannel"; }

    @Override public void prepare() { smsc.clear(); }

    /** From the first request until the provider has taken the last one. */
    @Override public double run() throws Exception {
        long began = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            all.add(clients.submit(() -> ask(next)));
        }
        for (Future<Void> one : all) {
            one.get();
        }
        await(() -> smsc.taken() >= size);
        return Workload.rate(size, System.nanoTime() - began);
    }

    private Void ask(AtomicInteger next) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", http)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (int i; (i = next.getAndIncrement()) < size;) {
                out.write(("GET /cgi-bin/sendsms?username=bench&password=bench&from=CARILLON&to=1514555" + (1_000_000 + i)
                    + "&text=Bonjour+Client+" + i + "%2C+votre+vehicule+est+pret.+Garage+Rosemont HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                answer(in);
            }
        }
        return null;
    }

    private static void answer(BufferedReader in) throws IOException {
        String status = in.readLine();
        int length = 0;
        for (String line; !(line = in.readLine()).isEmpty();) {
            length = line.regionMatches(true, 0, "Content-Length:", 0, 15) ? Integer.parseInt(line.substring(15).strip()) : length;
        }
        for (int read = 0; read < length; read++) {
            in.read();
        }
        if (!status.contains(" 202")) {
            throw new IOException("Kannel says " + status);
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Kannel does not do what it should, see target/bench-kannel");
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    @Override public void close() throws Exception {
        clients.shutdownNow();
        for (int i = boxes.size() - 1; i >= 0; i--) {
            boxes.get(i).destroy();
            if (!boxes.get(i).waitFor(10, TimeUnit.SECONDS)) {
                boxes.get(i).destroyForcibly();
            }
        }
    }
}
