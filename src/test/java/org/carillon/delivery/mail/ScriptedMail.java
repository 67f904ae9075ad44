package org.carillon.delivery.mail;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.carillon.delivery.Background;
import org.carillon.delivery.TestTls;

/** A mail server on loopback that answers each command as the test says; CUT closes the connection instead, SILENT says nothing. */
final class ScriptedMail implements Closeable {

    static final String CUT = "CUT", SILENT = "SILENT";
    /** Keys beside the commands: the greeting, the first bytes of the text, and the final dot. */
    static final String GREETING = "GREETING", BODY = "BODY", DOT = ".";

    final Map<String, String> answers = new ConcurrentHashMap<>(Map.of(GREETING, "220 scripted", "EHLO", "250-scripted\r\n250 SIZE 10000000", "MAIL", "250 2.1.0 ok",
        "RCPT", "250 2.1.5 ok", "DATA", "354 go on", DOT, "250 2.0.0 queued as 7", "RSET", "250 ok", "NOOP", "250 ok", "QUIT", "221 bye", "AUTH", "235 2.7.0 ok"));
    /** Done before the answer to a command. */
    final Map<String, Runnable> before = new ConcurrentHashMap<>();
    final List<String> commands = new CopyOnWriteArrayList<>();
    final List<String> texts = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private final ServerSocket server = new ServerSocket();
    private volatile TestTls tls;

    ScriptedMail() throws IOException {
        server.setReceiveBufferSize(4_096);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Background.run("scripted-mail", () -> {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Background.run("scripted-mail", () -> serve(socket));
            }
        });
    }

    ScriptedMail offering(TestTls own) {
        tls = own;
        answers.put("EHLO", "250-scripted\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN");
        return this;
    }

    int port() { return server.getLocalPort(); }

    /** All that arrived before TLS. */
    String plainBytes() {
        synchronized (plain) {
            return plain.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private void serve(Socket socket) throws IOException {
        InputStream tap = new FilterInputStream(socket.getInputStream()) {
            @Override public int read(byte[] b, int from, int length) throws IOException {
                int n = super.read(b, from, length);
                synchronized (plain) {
                    if (n > 0) plain.write(b, from, n);
                }
                return n;
            }
        };
        if (!say(socket, answers.get(GREETING))) return;
        talk(socket, new BufferedReader(new InputStreamReader(tap, StandardCharsets.ISO_8859_1), 1));
    }

    private void talk(Socket socket, BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add(line);
            String verb = line.split(" ", 2)[0].toUpperCase(java.util.Locale.ROOT);
            if (verb.equals("STARTTLS") && tls != null) {
                say(socket, "220 go ahead");
                SSLSocket secured = (SSLSocket) tls.server().createSocket(socket, null, true);
                secured.setUseClientMode(false);
                secured.startHandshake();
                talk(secured, new BufferedReader(new InputStreamReader(secured.getInputStream(), StandardCharsets.ISO_8859_1)));
                return;
            }
            before.getOrDefault(verb, () -> { }).run();
            if (!say(socket, answers.getOrDefault(verb, "502 5.5.1 unknown"))) return;
            if (verb.equals("DATA") && answers.get("DATA").startsWith("354") && !text(socket, in)) return;
        }
    }

    private boolean text(Socket socket, BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (CUT.equals(answers.get(BODY))) return say(socket, CUT);
            if (line.equals(".")) {
                texts.add(text.toString());
                return say(socket, answers.get(DOT));
            }
            text.append(line).append("\r\n");
        }
        return false;
    }

    /** False where the connection is over. */
    private static boolean say(Socket socket, String answer) throws IOException {
        if (answer.equals(CUT)) {
            socket.setSoLinger(true, 0);
            socket.close();
            return false;
        }
        if (answer.equals(SILENT)) return true;
        OutputStream out = socket.getOutputStream();
        boolean thenCut = answer.endsWith(CUT);
        out.write((answer.replace(CUT, "") + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        if (thenCut) socket.close();
        return !thenCut;
    }

    @Override
    public void close() throws IOException { server.close(); }
}
