package org.carillon.delivery.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.SmsTerms;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdict;
import org.carillon.template.Alphabet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SEC-11: outgoing addresses")
@Timeout(60)
class OutgoingAddressTest {

    private static final SmsTerms TERMS = new SmsTerms(Alphabet.GSM7, LongMessages.PAYLOAD, null);

    /** What asks for this machine, its network or a cloud's metadata, in every way of writing that we know; {port} is the canary's. */
    private static final List<String> CORPUS = List.of(
        "http://127.0.0.1:{port}", "https://127.0.0.1:{port}", "https://127.0.0.1", "https://127.0.0.1:8443", "https://127.1", "https://127.1:{port}", "https://127.0.1", "https://2130706433",
        "https://2130706433:{port}", "https://0x7f000001", "https://0x7f.0.0.1", "https://0x7f.1", "https://017700000001", "https://0177.0.0.1", "https://127.000.000.001", "https://127.0.0.1.",
        "https://localhost", "https://localhost:8443", "https://localhost.", "https://LOCALHOST", "https://sub.localhost", "https://0.0.0.0", "https://0", "https://10.0.0.1", "https://10.255.255.255",
        "https://100.64.0.1", "https://169.254.169.254", "https://169.254.169.254/latest/meta-data", "https://172.16.0.1", "https://172.31.255.255", "https://192.0.0.170", "https://192.0.2.1",
        "https://192.168.1.1", "https://198.18.0.1", "https://198.51.100.7", "https://203.0.113.9", "https://224.0.0.1", "https://255.255.255.255", "https://[::1]", "https://[::1]:8443", "https://[::]",
        "https://[::ffff:127.0.0.1]", "https://[::ffff:7f00:1]", "https://[::ffff:10.0.0.1]", "https://[::127.0.0.1]", "https://[64:ff9b::7f00:1]", "https://[2002:7f00:1::]", "https://[2001:0:7f00:1::]",
        "https://[2001:db8::1]", "https://[fc00::1]", "https://[fd00:ec2::254]", "https://[fe80::1]", "https://[fec0::1]", "https://[ff02::1]", "https://user:pass@127.0.0.1", "https://api.example@127.0.0.1",
        "https://private.test", "https://mixed.test", "https://mapped.test", "https://metadata.test", "ftp://127.0.0.1", "file:///etc/passwd", "https://api.example:22", "https://api.example:{port}",
        "//127.0.0.1", "https:///x", "https://exa mple", "https://127.0.0.1#@api.example");

    private final ExecutorService executor = Executors.newCachedThreadPool();

    /** Names that a stranger's DNS answers as it likes. */
    private static InetAddress[] lookup(String host) throws UnknownHostException {
        return switch (host) {
            case "private.test" -> new InetAddress[] {InetAddress.getByName("127.0.0.1")};
            case "mixed.test" -> new InetAddress[] {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")};
            case "mapped.test" -> new InetAddress[] {InetAddress.getByName("::ffff:127.0.0.1")};
            case "metadata.test" -> new InetAddress[] {InetAddress.getByName("fd00:ec2::254")};
            default -> {
                if (!host.matches("(?i)[0-9a-fx.:]+|(.*\\.)?localhost\\.?")) throw new UnknownHostException(host);
                yield InetAddress.getAllByName(host);
            }
        };
    }

    private static HttpSettings settings(URI base, boolean localAllowed) {
        return new HttpSettings(base, "AC1", "token", "", "GARAGE", "", 10, Duration.ofSeconds(2), Duration.ofHours(10), "", TERMS, "", localAllowed);
    }

    private Submission send(HttpSettings settings, VettedNames.Lookup lookup) throws Exception {
        HttpGateway gateway = new HttpGateway("x", settings, Instant::now);
        gateway.start(executor, Executors.defaultThreadFactory(), SSLContext.getDefault(), lookup);
        try {
            return gateway.submit(new Outgoing(UUID.randomUUID(), 7, 1, "+15145550199", "", new Outgoing.Sms(false, "a", 0, 1, 1, TERMS), Duration.ofHours(1), System.nanoTime() + SECONDS.toNanos(5)))
                .toCompletableFuture().get(20, SECONDS);
        } finally {
            gateway.stop();
        }
    }

    /** Counts who comes; on every address of this machine. */
    private static final class Canary implements AutoCloseable {

        private final ServerSocket socket;
        private final AtomicInteger visitors = new AtomicInteger();

        Canary() throws IOException {
            socket = new ServerSocket(0);
            Thread thread = new Thread(() -> {
                while (!socket.isClosed()) {
                    try {
                        socket.accept().close();
                        visitors.incrementAndGet();
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        int port() { return socket.getLocalPort(); }

        @Override public void close() throws IOException { socket.close(); }
    }

    @Test
    @DisplayName("60 and more addresses: no connection at the canary, neither by the address's form nor past it")
    void callsNobodyNear() throws Exception {
        assertTrue(CORPUS.size() >= 60);
        try (Canary canary = new Canary()) {
            List<String> reached = new ArrayList<>();
            for (String address : CORPUS) {
                String url = address.replace("{port}", "" + canary.port());
                try {
                    Submission submission = send(settings(Destination.of(url, false), false), OutgoingAddressTest::lookup);
                    if (submission.verdict() != Verdict.ROUTE_FAULT && submission.verdict() != Verdict.NOT_SENT) reached.add(url + " " + submission);
                } catch (IllegalArgumentException e) {
                    // refused when it was set
                }
                URI bare;
                try {
                    bare = URI.create(url.replaceFirst("^https://([^/@#]*?)(:[0-9]+)?(/.*)?$", "https://$1:" + canary.port()));
                } catch (IllegalArgumentException e) {
                    continue;
                }
                // had the form let it pass, and at the canary's own port
                if (bare.getHost() != null && "https".equals(bare.getScheme())) assertNotEquals(Verdict.ACCEPTED, send(settings(bare, false), OutgoingAddressTest::lookup).verdict());
            }
            assertEquals(List.of(), reached);
            assertEquals(0, canary.visitors.get());
        }
    }

    @Test
    @DisplayName("a name that is public when it is judged and local when it is called")
    void isNotFooledByRebinding() throws Exception {
        try (Canary canary = new Canary()) {
            AtomicInteger asked = new AtomicInteger();
            VettedNames.Lookup rebinding = host -> new InetAddress[] {InetAddress.getByName(asked.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1")};
            assertEquals(1, new VettedNames(rebinding, false).resolve("rebind.test").length, "judged once, and well");
            for (int i = 0; i < 5; i++) {
                assertEquals(Verdict.ROUTE_FAULT, send(settings(URI.create("https://rebind.test:" + canary.port()), false), rebinding).verdict());
            }
            assertEquals(6, asked.get(), "one look-up a connection, and what it said is where the call goes");
            assertEquals(0, canary.visitors.get());
        }
    }

    @Test
    @DisplayName("the environment, and no page, opens this machine; link-local stays shut")
    void opensThisMachineByTheEnvironmentOnly() throws Exception {
        assertEquals(URI.create("http://127.0.0.1:1234"), Destination.of("http://127.0.0.1:1234/", true));
        assertThrows(IllegalArgumentException.class, () -> Destination.of("http://127.0.0.1:1234", false));
        assertThrows(IllegalArgumentException.class, () -> Destination.of("http://10.0.0.1", true));
        assertThrows(UnknownHostException.class, () -> new VettedNames(InetAddress::getAllByName, true).resolve("169.254.169.254"));
        assertEquals(1, new VettedNames(InetAddress::getAllByName, true).resolve("10.0.0.1").length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.twilio.com", "https://api.twilio.com:443", "https://space.signalwire.example/api/laml/", "https://8.8.8.8:8443", "https://[2606:4700::1111]"})
    void takesPublicAddresses(String url) throws Exception {
        URI uri = Destination.of(url, false);
        if (uri.getHost().matches("[0-9.]+|\\[.*]")) assertEquals(1, new VettedNames(InetAddress::getAllByName, false).resolve(uri.getHost()).length);
    }
}
