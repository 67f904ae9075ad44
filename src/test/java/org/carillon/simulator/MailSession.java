package org.carillon.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.carillon.simulator.Fault.Kind;

/** One SMTP conversation (RFC 5321), as strict as a provider's: unknown commands and bare addresses are refused. */
final class MailSession {

    private static final int LONGEST_LINE = 4_096;
    private static final int LARGEST_MAIL = 10_485_760;

    private final MailServer server;
    private final Socket socket;
    private final InputStream in;
    private final int number;
    private final List<String> recipients = new ArrayList<>();
    private String sender;
    private boolean ended;

    MailSession(MailServer server, Socket socket, int number) throws IOException {
        this.server = server;
        this.socket = socket;
        this.number = number;
        in = new BufferedInputStream(socket.getInputStream());
    }

    void run() throws IOException {
        say("CONNECT", "", "220 simulator ESMTP");
        while (!ended) {
            String line = line();
            String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            switch (command) {
                case "EHLO" -> say("EHLO", "", "250-simulator\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250-SIZE " + LARGEST_MAIL
                    + "\r\n250 AUTH PLAIN LOGIN");
                case "HELO", "NOOP" -> say("EHLO", "", "250 simulator");
                case "AUTH" -> authenticate(line);
                case "MAIL" -> mail(line);
                case "RCPT" -> recipient(line);
                case "DATA" -> data();
                case "RSET" -> {
                    reset();
                    say("RSET", "", "250 2.0.0 forgotten");
                }
                case "QUIT" -> {
                    say("QUIT", "", "221 2.0.0 goodbye");
                    ended = true;
                }
                default -> say("", "", "500 5.5.1 what?");
            }
        }
    }

    private void authenticate(String line) throws IOException {
        if (line.toUpperCase(Locale.ROOT).startsWith("AUTH LOGIN")) {
            if (line.length() <= "AUTH LOGIN ".length()) {
                write("334 VXNlcm5hbWU6");
                line();
            }
            write("334 UGFzc3dvcmQ6");
            line();
        } else if (line.strip().equalsIgnoreCase("AUTH PLAIN")) {
            write("334 ");
            line();
        }
        say("AUTH", "", "235 2.7.0 welcome");
    }

    private void mail(String line) throws IOException {
        Optional<String> address = address(line, "MAIL FROM:");
        if (address.isEmpty()) {
            say("", "", "501 5.1.7 bad sender");
        } else if (say("MAIL", address.get(), "250 2.1.0 go on")) {
            reset();
            sender = address.get();
        }
    }

    private void recipient(String line) throws IOException {
        Optional<String> address = address(line, "RCPT TO:");
        if (sender == null) {
            say("", "", "503 5.5.1 MAIL first");
        } else if (address.isEmpty() || !address.get().contains("@")) {
            say("", "", "501 5.1.3 bad recipient");
        } else if (say("RCPT", address.get(), "250 2.1.5 go on")) {
            recipients.add(address.get());
        }
    }

    private void data() throws IOException {
        if (recipients.isEmpty()) {
            say("", "", "503 5.5.1 RCPT first");
        } else if (say("DATA", recipients.get(0), "354 end with a dot")) {
            Mail mail = Mail.of(server.mailboxes.nextNumber(), Instant.now(), number, sender, recipients, untilDot());
            Optional<Fault> refusal = server.faults.strike(Kind.MAIL, "BODY", recipients.get(0), 0);
            int status = refusal.map(Fault::status).orElse(0);
            server.log.write(new SubmitLog.Line(mail.receivedAt(), "SMTP", number, (int) mail.number(), mail.from(), mail.to().get(0), mail.messageId(), -1, 1, 1,
                status, mail.text()));
            if (status == 0) {
                server.mailboxes.receive(mail);
            }
            reply("BODY", mail.to().get(0), "250 2.0.0 taken as " + mail.number(), refusal);
            reset();
        }
    }

    /** Octets up to the line that is only a dot, without the dots that were doubled. */
    private byte[] untilDot() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line; (line = octets(LARGEST_MAIL)).length != 1 || line[0] != '.';) {
            int from = line.length > 0 && line[0] == '.' ? 1 : 0;
            all.write(line, from, line.length - from);
            all.write('\r');
            all.write('\n');
            if (all.size() > LARGEST_MAIL) {
                throw new IOException("too large");
            }
        }
        return all.toByteArray();
    }

    private void reset() {
        sender = null;
        recipients.clear();
    }

    private boolean say(String step, String recipient, String yes) throws IOException {
        return reply(step, recipient, yes, step.isEmpty() ? Optional.empty() : server.faults.strike(Kind.MAIL, step, recipient, 0));
    }

    /** Answers with yes, or as the fault wants; true when it was yes. */
    private boolean reply(String step, String recipient, String yes, Optional<Fault> fault) throws IOException {
        if (!step.isEmpty() && server.faults.strike(Kind.MAIL_DISCONNECT, step, recipient, 0).isPresent()) {
            ended = true;
            socket.close();
            return false;
        }
        fault.filter(one -> one.millis() > 0).ifPresent(one -> sleep(one.millis()));
        int status = fault.map(Fault::status).orElse(0);
        write(status == 0 ? yes : status + " " + fault.get().text());
        if (status == 421) {
            ended = true;
        }
        return status == 0;
    }

    private void write(String reply) throws IOException {
        socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private String line() throws IOException { return new String(octets(LONGEST_LINE), StandardCharsets.UTF_8); }

    private byte[] octets(int most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c; (c = in.read()) != '\n';) {
            if (c < 0) {
                throw new EOFException();
            }
            line.write(c);
            if (line.size() > most) {
                throw new IOException("line too long");
            }
        }
        byte[] octets = line.toByteArray();
        return octets.length > 0 && octets[octets.length - 1] == '\r' ? java.util.Arrays.copyOf(octets, octets.length - 1) : octets;
    }

    private static Optional<String> address(String line, String verb) {
        int end = line.indexOf('>');
        boolean ok = line.toUpperCase(Locale.ROOT).startsWith(verb) && line.strip().length() > verb.length() && line.substring(verb.length()).strip().startsWith("<")
            && end > 0;
        return ok ? Optional.of(line.substring(line.indexOf('<') + 1, end)) : Optional.empty();
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
