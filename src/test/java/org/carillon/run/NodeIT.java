package org.carillon.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built WAR as a process, from the outside. */
class NodeIT {

    private final Stack stack = Stack.get();

    @Test
    void servesItsFirstPage() throws Exception {
        assertTrue(status("") < 400);
    }

    @Test
    @DisplayName("the application's role does not own the schema")
    void runsAsARoleThatOwnsNothing() {
        assertEquals(0, count("select count(*) from pg_tables where tableowner = 'carillon_app'"));
        assertTrue(count("select count(*) from pg_stat_activity where usename = 'carillon_app'") > 0);
    }

    @Test
    @DisplayName("SEC-30 listens on loopback only")
    void listensOnLoopbackOnly() throws IOException {
        Optional<InetAddress> outside = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress()).findFirst();
        if (outside.isPresent()) {
            assertThrows(ConnectException.class, () -> new Socket(outside.get(), stack.node().port()).close());
        }
    }

    @Test
    void hangsWhileFrozenAndGoesOnAfterwards() throws Exception {
        assertTrue(stack.node().freeze());
        try {
            assertThrows(IOException.class, () -> status(""));
        } finally {
            assertTrue(stack.node().thaw());
        }
        assertTrue(status("") < 400);
    }

    @Test
    @DisplayName("a node that was killed, frozen or not, is neither frozen nor thawed, and that is no error")
    void aKilledNodeTakesNoSignal(@TempDir Path folder) throws Exception {
        try (Node node = Node.start(folder, Ports.free(), stack.settings())) {
            assertTrue(node.freeze());
            node.kill();
            assertFalse(node.thaw());
            assertFalse(node.freeze());
        }
    }

    @Test
    @DisplayName("a deployment that failed is noticed, although Payara Micro says that it is ready")
    void noticesADeploymentThatFailed(@TempDir Path folder) throws Exception {
        Path broken = folder.resolve("carillon.war");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(broken))) {
            zip.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
            zip.write("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"><listener><listener-class>no.such.Listener</listener-class></listener></web-app>"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        try (Node node = Node.start(broken, folder, Ports.free(), stack.settings())) {
            IOException failure = assertThrows(IOException.class, node::awaitReady);
            assertTrue(failure.getMessage().startsWith("the deployment failed"), failure.getMessage());
        }
    }

    @Test
    void keepsSecretsOutOfItsCommandLine() {
        String command = String.join(" ", stack.node().process().info().arguments().orElse(new String[0]));
        assertFalse(command.contains("carillon.jdbc.password") || command.contains("carillon.smpp.password"), command);
    }

    private int count(String query) { return stack.owner().withHandle(h -> h.createQuery(query).mapTo(Integer.class).one()); }

    private int status(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(stack.url().resolve(path)).timeout(Duration.ofSeconds(3)).build();
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
