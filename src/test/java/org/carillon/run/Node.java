package org.carillon.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One node of the application: the built WAR on Payara Micro, a process of its own on loopback. */
public final class Node implements AutoCloseable {

    /** Where Maven left what is to be run. */
    public static final Path WAR = Path.of(System.getProperty("carillon.war", "target/carillon.war"));
    public static final Path PAYARA = Path.of(System.getProperty("carillon.payara", "target/payara-micro.jar"));

    private static final String LISTENER = "configs.config.server-config.network-config.network-listeners.network-listener.http-listener";
    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("carillon.run.patience", 180));
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

    private final Process process;
    private final int port;
    private final Path log;
    private volatile boolean stopping;

    private Node(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts the process and returns at once; {@link #awaitReady()} tells when it serves.
     *
     * @param directory its folder for configuration and log; made new, so that nothing of an earlier start lingers
     * @param settings  carillon.* settings, given by environment: a command line can be read by every user of the machine
     * @param options   further options of its Java virtual machine
     */
    public static Node start(Path directory, int port, Map<String, String> settings, String... options) throws IOException {
        return start(WAR, directory, port, settings, options);
    }

    static Node start(Path war, Path directory, int port, Map<String, String> settings, String... options) throws IOException {
        return start(war, directory, port, settings, List.of("--nohazelcast"), options);
    }

    /** @param cluster what the server is told of its neighbours: none, or where they are */
    public static Node start(Path war, Path directory, int port, Map<String, String> settings, List<String> cluster, String... options) throws IOException {
        Ports.requireFree(port, "carillon.http.port");
        for (Path needed : List.of(war, PAYARA)) {
            if (!Files.exists(needed)) {
                throw new IOException(needed + " is missing: run mvn package first");
            }
        }
        Path home = directory.toAbsolutePath();
        Directories.delete(home.resolve("payara"));
        Files.createDirectories(home.resolve("tmp"));
        Path log = home.resolve("log/node.log");
        Files.createDirectories(log.getParent());
        Path logging = home.resolve("logging.properties");
        try (InputStream ours = Node.class.getResourceAsStream("/run/logging.properties")) {
            Files.copy(ours, logging, StandardCopyOption.REPLACE_EXISTING);
        }
        Path preBoot = home.resolve("pre-boot.asadmin");
        Files.writeString(preBoot, "set " + LISTENER + ".address=127.0.0.1\nset " + LISTENER + ".enabled=false\n");
        // who comes too early is refused, not answered 404 or 500 by a server that has nothing deployed yet
        Path deployed = home.resolve("deployed.asadmin");
        Files.writeString(deployed, "set " + LISTENER + ".enabled=true\n");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "-XX:MetaspaceSize=128m", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto", "-Dfile.encoding=UTF-8", "-Djava.io.tmpdir=" + home.resolve("tmp")));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", PAYARA.toAbsolutePath().toString()));
        command.addAll(cluster);
        command.addAll(List.of("--disablephonehome", "--contextroot", "/",
            "--rootdir", home.resolve("payara").toString(), "--port", Integer.toString(port), "--prebootcommandfile", preBoot.toString(),
            "--postdeploycommandfile", deployed.toString(),
            "--logproperties", logging.toString(),
            "--deploy", war.toAbsolutePath().toString()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        settings.forEach((key, value) -> builder.environment().put(environmentName(key), value));
        Node node = new Node(builder.start(), port, log);
        Files.writeString(home.resolve("node.pid"), node.process.pid() + "\n");
        return node;
    }

    /** Stops the node that a killed launcher left behind in this folder; nothing happens without one. */
    public static void stopLeftOver(Path directory) throws IOException {
        Path pidFile = directory.toAbsolutePath().resolve("node.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        Optional<ProcessHandle> left = ProcessHandle.of(pid)
            .filter(process -> process.info().commandLine().orElse("").contains(directory.toAbsolutePath().resolve("payara").toString()));
        if (left.isPresent()) {
            left.get().destroy();
            try {
                left.get().onExit().get(60, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IOException("an earlier node (process " + pid + ") does not stop", e);
            }
        }
    }

    /** Waits until the application is deployed and answers; throws, with the causes that the log names, when it does not come to that. */
    public Node awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw failure("the node ended with code " + process.exitValue());
            }
            String said = Files.exists(log) ? Files.readString(log) : "";
            // a failed deployment does not stop Payara Micro, which then says "ready" with nothing deployed
            if (said.contains(" ready in ") && !said.contains("\"Name\": \"carillon\"")) {
                throw failure("the deployment failed");
            }
            if (said.contains(" ready in ") && answers()) {
                return this;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw failure("the node did not come up within " + PATIENCE.toSeconds() + " s");
    }

    public URI url() { return URI.create("http://127.0.0.1:" + port + "/"); }

    public int port() { return port; }

    public Path log() { return log; }

    public ProcessHandle process() { return process.toHandle(); }

    /** SIGTERM, and waits: the orderly end. */
    public void stop() throws IOException {
        stopping = true;
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the node was stopping", e);
        }
    }

    /** SIGKILL: the end without a word. */
    public void kill() throws InterruptedException {
        stopping = true;
        process.destroyForcibly();
        process.waitFor();
    }

    /**
     * SIGSTOP: it hangs, but its connections stay open.
     *
     * @return false where the process has ended, so that there is nothing to freeze
     */
    public boolean freeze() throws IOException, InterruptedException { return signal("STOP"); }

    /**
     * SIGCONT: it goes on as if no time had passed.
     *
     * @return false where the process has ended
     */
    public boolean thaw() throws IOException, InterruptedException { return signal("CONT"); }

    /** True when it was told to end, as opposed to having died. */
    public boolean stopping() { return stopping; }

    @Override
    public void close() throws IOException { stop(); }

    /** The form in which MicroProfile Config finds a setting in the environment. */
    static String environmentName(String key) { return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT); }

    private boolean answers() throws IOException, InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(url()).timeout(Duration.ofSeconds(20)).build();
            int status = CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= 400) {
                throw failure("the first page answers " + status);
            }
            return true;
        } catch (ConnectException | HttpTimeoutException e) {
            return false;
        }
    }

    private boolean signal(String name) throws IOException, InterruptedException {
        if (!process.isAlive()) {
            return false;  // its number may be another's by now
        }
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        // between the last sigh and the reaping a process takes signals or not; either way it is on its end
        if (code != 0 && !process.waitFor(2, TimeUnit.SECONDS)) {
            throw new IOException("kill -" + name + " answered " + code);
        }
        return code == 0;
    }

    private IOException failure(String what) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        String causes = lines.stream().filter(line -> line.startsWith("Caused by: ") || line.matches("(ERROR|[a-z][\\w.]*(Exception|Error)): .*")).distinct().limit(12)
            .map(line -> "\n  " + line.substring(0, Math.min(400, line.length()))).collect(Collectors.joining());
        return new IOException(what + causes + "\n  the whole log: " + log);
    }
}
