package org.carillon.simulator;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/**
 * One e-mail as it was handed over.
 *
 * @param from      envelope sender, empty for the null return path
 * @param to        envelope recipients
 * @param messageId with its angle brackets, empty where none
 * @param text      the text/plain part
 * @param html      the text/html part, empty where none
 * @param headers   all header lines as "Name: value", undecoded
 * @param raw       everything between DATA and the final dot, octets as Latin-1 characters
 */
public record Mail(long number, Instant receivedAt, int connection, String from, List<String> to, String subject, String messageId, String text, String html,
                   List<String> headers, String raw) {

    private static final Session SESSION = Session.getInstance(new Properties());

    static Mail of(long number, Instant now, int connection, String from, List<String> to, byte[] data) throws IOException {
        try {
            MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(data));
            List<String> headers = Collections.list(message.getAllHeaders()).stream().map((Header header) -> header.getName() + ": " + header.getValue()).toList();
            return new Mail(number, now, connection, from, List.copyOf(to), or(message.getSubject()), or(message.getHeader("Message-ID", "")),
                body(message, "text/plain"), body(message, "text/html"), headers, new String(data, StandardCharsets.ISO_8859_1));
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    boolean isTo(String address) { return to.stream().anyMatch(one -> one.equalsIgnoreCase(address)); }

    JsonObject json() {
        JsonArrayBuilder recipients = Json.createArrayBuilder(to);
        return Json.createObjectBuilder().add("number", number).add("receivedAt", receivedAt.toString()).add("connection", connection).add("from", from)
            .add("to", recipients).add("subject", subject).add("messageId", messageId).add("text", text).add("html", html)
            .add("headers", Json.createArrayBuilder(headers)).add("raw", raw).build();
    }

    private static String body(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent());
        }
        StringBuilder found = new StringBuilder();
        if (part.isMimeType("multipart/*")) {
            Multipart parts = (Multipart) part.getContent();
            for (int i = 0; i < parts.getCount() && found.isEmpty(); i++) {
                found.append(body(parts.getBodyPart(i), type));
            }
        }
        return found.toString();
    }

    private static String or(String value) { return value == null ? "" : value; }
}
