package org.carillon.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of our own for a name, and a client that trusts it. */
public final class TestTls {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final SSLContext context;

    private TestTls(SSLContext context) { this.context = context; }

    private static final Map<String, TestTls> MADE = new ConcurrentHashMap<>();

    /** @param names as keytool's SAN extension wants them: {@code dns:localhost,ip:127.0.0.1}; the same name gives the same certificate */
    public static TestTls forNames(String names) { return MADE.computeIfAbsent(names, n -> make(n, "-1d", 10)); }

    /** As {@link #forNames}, but over since last week. */
    public static TestTls expired(String names) { return MADE.computeIfAbsent("expired " + names, n -> make(names, "-10d", 3)); }

    private static TestTls make(String names, String start, int days) {
        try {
            Path folder = Files.createTempDirectory("tls"), file = folder.resolve("store.p12");
            try {
                keytool(file, "-alias", "ca", "-dname", "CN=authority", "-ext", "bc:c");
                keytool(file, "-alias", "own", "-signer", "ca", "-dname", "CN=test", "-ext", "san=" + names, "-startdate", start, "-validity", "" + days);
                KeyStore store = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    store.load(in, PASSWORD);
                }
                KeyStore trusted = KeyStore.getInstance("PKCS12");
                trusted.load(null, null);
                trusted.setCertificateEntry("ca", store.getCertificate("ca"));
                store.deleteEntry("ca");
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store, PASSWORD);
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(trusted);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
                return new TestTls(context);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path file, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC",
            "-keystore", file.toString(), "-storepass", new String(PASSWORD), "-storetype", "PKCS12", "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) throw new IOException(said);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** On loopback, any port. */
    public ServerSocket listen() throws IOException { return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()); }

    public SSLContext context() { return context; }

    public SSLSocketFactory client() { return context.getSocketFactory(); }

    /** For a server's side of STARTTLS. */
    public SSLSocketFactory server() { return context.getSocketFactory(); }
}
