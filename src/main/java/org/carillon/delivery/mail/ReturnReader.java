package org.carillon.delivery.mail;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.delivery.Postmarks;
import org.carillon.delivery.Returned;

/** Reads what comes back: delivery reports (RFC 3464), complaints (RFC 5965), the bounces of servers that know neither, and what people write. */
final class ReturnReader {

    private static final int MOST = 300_000;
    private static final int LONGEST_TEXT = 4_000;
    private static final Pattern MESSAGE_ID = Pattern.compile("<([^<>\\s]{3,250})>");
    private static final Pattern QUOTE = Pattern.compile("^(>.*|On .{5,200}(wrote|a écrit)\\s*:|Le .{5,200} a écrit\\s*:|-{2,}\\s?(Original Message|Message d.origine).*|_{10,}|(From|De) ?: .*|-- ?)$");

    private ReturnReader() { }

    static Returned read(MimeMessage letter, Postmarks marks, Instant now) throws MessagingException, IOException {
        StringBuilder all = new StringBuilder();
        gather(letter, all, 0);
        String headers = headers(letter);
        String addressed = recipients(letter);
        Optional<Postmarks.Mark> to = marks.find(addressed);
        Optional<Postmarks.Mark> mark = to.isPresent() ? to : marks.find(all.toString());
        String own = plain(letter, 0);
        String type = letter.getContentType().toLowerCase(Locale.ROOT);
        boolean report = type.startsWith("multipart/report");
        if (report && type.contains("feedback-report")) {
            boolean spam = !field(all.toString(), "Feedback-Type").equalsIgnoreCase("not-spam");
            return returned(letter, spam ? Returned.Kind.COMPLAINT : Returned.Kind.AUTOMATIC, mark, "", addressed, "", now);
        }
        if (to.isPresent() && to.get().kind() == Postmarks.Kind.STOP) {
            return returned(letter, Returned.Kind.STOP, to, "", addressed, "", now);
        }
        String status = part(letter, "message/delivery-status", 0);
        if (report && !status.isEmpty()) {
            BounceJudge.Finding finding = BounceJudge.report(status, own);
            return returned(letter, finding.kind(), mark, finding.status(), addressed, "", now);
        }
        if (BounceJudge.fromAMachine(headers)) {
            BounceJudge.Finding finding = BounceJudge.text(letter.getSubject() == null ? "" : letter.getSubject(), headers, own.isEmpty() ? all.toString() : own);
            return returned(letter, finding.kind(), mark, finding.status(), addressed, "", now);
        }
        // whoever writes to a return path is no person: people write to whom the letter came from
        boolean person = to.isEmpty();
        return returned(letter, person ? Returned.Kind.REPLY : Returned.Kind.AUTOMATIC, mark, "", addressed, person ? written(own) : "", now);
    }

    private static Returned returned(MimeMessage letter, Returned.Kind kind, Optional<Postmarks.Mark> mark, String status, String to, String text, Instant now) throws MessagingException {
        String about = header(letter, "In-Reply-To") + " " + header(letter, "References");
        return new Returned(kind, mark, status, id(header(letter, "Message-ID")), from(letter), to.strip().lines().findFirst().orElse(""),
            MESSAGE_ID.matcher(about).results().map(m -> m.group(1)).distinct().limit(20).toList(), text, now);
    }

    private static String id(String header) {
        Matcher matcher = MESSAGE_ID.matcher(header);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String from(MimeMessage letter) {
        try {
            InternetAddress[] from = InternetAddress.parseHeader(header(letter, "From"), false);
            String address = from.length == 1 ? from[0].getAddress() : "";
            return address != null && address.matches("[!-~&&[^<>]]{1,64}@[A-Za-z0-9.-]{1,190}") ? address.toLowerCase(Locale.ROOT) : "";
        } catch (MessagingException e) {
            return "";
        }
    }

    /** What the writer wrote above what they quoted. */
    private static String written(String text) {
        List<String> lines = text.replace("\r", "").lines().takeWhile(line -> !QUOTE.matcher(line.strip()).matches()).toList();
        String written = String.join("\n", lines).strip();
        return written.length() > LONGEST_TEXT ? written.substring(0, LONGEST_TEXT) : written;
    }

    private static String recipients(MimeMessage letter) throws MessagingException {
        return Stream.of("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "To", "Cc").flatMap(name -> {
            try {
                return Stream.ofNullable(letter.getHeader(name)).flatMap(Arrays::stream);
            } catch (MessagingException e) {
                return Stream.empty();
            }
        }).map(value -> value.replaceAll("\\s+", " ")).collect(Collectors.joining("\n"));
    }

    private static String headers(Part part) throws MessagingException {
        return Collections.list(part.getAllHeaders()).stream().map((Header h) -> h.getName() + ": " + String.valueOf(h.getValue()).replaceAll("\\r?\\n\\s+", " "))
            .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String header(MimeMessage letter, String name) throws MessagingException {
        String value = letter.getHeader(name, " ");
        return value == null ? "" : value;
    }

    static String field(String text, String name) {
        Matcher matcher = Pattern.compile("(?im)^" + Pattern.quote(name) + "\\s*:\\s*(.*)$").matcher(text);
        return matcher.find() ? matcher.group(1).strip() : "";
    }

    /** Headers and words of all parts, decoded, so that no line break cuts a token in two. */
    private static void gather(Part part, StringBuilder into, int depth) throws MessagingException, IOException {
        if (depth > 8 || into.length() > MOST) {
            return;
        }
        into.append(headers(part)).append('\n');
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                gather(parts.getBodyPart(i), into, depth + 1);
            }
        } else if (part.isMimeType("message/rfc822") && part.getContent() instanceof MimeMessage inner) {
            gather(inner, into, depth + 1);
        } else if (part.isMimeType("text/*") || part.isMimeType("message/*")) {
            into.append(text(part)).append('\n');
        }
    }

    /** The first part of this type, as text; empty where there is none. */
    private static String part(Part part, String type, int depth) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return text(part);
        }
        if (depth < 8 && part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String found = part(parts.getBodyPart(i), type, depth + 1);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    /** What it says for people: its plain text, else its HTML without tags. */
    private static String plain(Part part, int depth) throws MessagingException, IOException {
        String text = part(part, "text/plain", depth);
        return !text.isEmpty() ? text : part(part, "text/html", depth).replaceAll("(?is)<(script|style)\\b.*?</\\1>", " ").replaceAll("(?i)<(br|/p|/div|/tr)\\b[^>]*>", "\n")
            .replaceAll("<[^>]*>", " ").replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }

    private static String text(Part part) throws MessagingException, IOException {
        try {
            if (part.isMimeType("text/*") && part.getContent() instanceof String text) {
                return text.length() > MOST ? text.substring(0, MOST) : text;
            }
        } catch (IOException e) {
            // a character set that nobody knows: its octets will do
        }
        try (InputStream in = part.getInputStream()) {
            return new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
        }
    }
}
