package org.carillon.delivery.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Postmarks;
import org.carillon.delivery.Refused;
import org.carillon.delivery.Verdict;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** One e-mail as it goes out (MSG-11, MSG-12): complete, for exactly one recipient. Nothing of a value may become a header of its own. */
final class Letter extends SMTPMessage {

    private static final String UTF8 = "UTF-8";
    private static final int LONGEST_ADDRESS = 254;
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    // no quoted local part: it could hide spaces and line breaks from the grammar, and nobody's real address needs one
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + LABEL + "(?:\\." + LABEL + ")*");
    /** Ours, and as long as no other link: the one thing of a text that must be easy to press on. */
    private static final Pattern STOP_LINK = Pattern.compile("https?://[!-~&&[^<>\"']]{1,300}open/unsubscribe\\.xhtml\\?l=[a-z]{2}&amp;t=[0-9a-f]{48}");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);  // RFC 5322 is English

    private final String messageId;
    private final InternetAddress recipient;

    private Letter(Session session, String messageId, InternetAddress recipient) {
        super(session);
        this.messageId = messageId;
        this.recipient = recipient;
    }

    static Letter of(Session session, Outgoing outgoing, String usualFrom, Instant now) throws Refused { return of(session, outgoing, usualFrom, Postmarks.NONE, now); }

    static Letter of(Session session, Outgoing outgoing, String usualFrom, Postmarks marks, Instant now) throws Refused {
        if (!(outgoing.content() instanceof Outgoing.Mail mail)) throw new Refused(Verdict.PERMANENT, "not an e-mail");
        InternetAddress recipient = address(outgoing.recipient(), Verdict.BAD_ADDRESS, "recipient");
        if (recipient.getPersonal() != null) throw new Refused(Verdict.BAD_ADDRESS, "recipient is more than an address");
        boolean ownFrom = outgoing.sender() != null && !outgoing.sender().isBlank();
        InternetAddress from = address(ownFrom ? outgoing.sender() : usualFrom, Verdict.BAD_SENDER, "sender");
        if (!line(mail.messageId()).matches("[!-~&&[^<>@]]{1,100}@[!-~&&[^<>@]]{1,150}")) throw new Refused(Verdict.PERMANENT, "message id cannot be used");
        Letter letter = new Letter(session, mail.messageId(), recipient);
        try {
            letter.setFrom(from);
            letter.setRecipient(Message.RecipientType.TO, recipient);
            if (mail.replyTo() != null && !mail.replyTo().isBlank()) {
                letter.setReplyTo(new InternetAddress[] {address(mail.replyTo(), Verdict.PERMANENT, "reply address")});
            }
            letter.setSubject(line(mail.subject()), UTF8);
            letter.setHeader("Date", DATE.format(now.atOffset(ZoneOffset.UTC)));
            letter.setHeader("Auto-Submitted", "auto-generated");
            letter.setHeader("X-Carillon-Ref", outgoing.wireRef().toString());
            String returnPath = marks.returnPath(outgoing.messageId());
            if (!returnPath.isEmpty()) {
                letter.setEnvelopeFrom(returnPath);
            }
            List<String> stops = mail.offer() ? marks.unsubscribe(outgoing.messageId()) : List.of();
            if (mail.offer() && stops.isEmpty()) throw new Refused(Verdict.PERMANENT, "an offer that nobody could stop: carillon.publicUrl is not set");
            if (!stops.isEmpty()) {
                // folded at the commas only: a link must stay whole
                letter.setHeader("List-Unsubscribe", stops.stream().map(link -> "<" + link + ">").collect(Collectors.joining(",\r\n ")));
                if (stops.get(0).startsWith("http")) {
                    letter.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
                }
            }
            letter.setContent(new MimeMultipart("alternative", text(mail.text(), "plain"), text(html(mail.subject(), mail.text()), "html")));
            letter.saveChanges();
        } catch (MessagingException e) {
            throw new Refused(Verdict.PERMANENT, "cannot be written as an e-mail");
        }
        return letter;
    }

    InternetAddress recipient() { return recipient; }

    String messageId() { return messageId; }

    /** Fixed at creation and the same on every attempt, so that a resend can be known as one. */
    @Override
    protected void updateMessageID() throws MessagingException { setHeader("Message-ID", "<" + messageId + ">"); }

    private static MimeBodyPart text(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF8, subtype);
        return part;
    }

    private static String html(String subject, String text) {
        return "<!DOCTYPE html>\n<html><head><meta charset=\"UTF-8\"><title>" + escape(subject) + "</title></head>\n<body><p>"
            + STOP_LINK.matcher(escape(text)).replaceAll("<a href=\"$0\">$0</a>").replace("\r\n", "\n").replaceAll("\n{2,}", "</p>\n<p>").replaceAll("(?<!</p>)\n", "<br>\n") + "</p></body></html>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    private static String line(String value) throws Refused {
        if (value == null || value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new Refused(Verdict.PERMANENT, "a line break where a header is one line");
        }
        return value;
    }

    /** One address by the strict reading, ASCII, with a domain; a name before it is encoded again by the library. */
    private static InternetAddress address(String value, Verdict verdict, String what) throws Refused {
        try {
            InternetAddress[] all = InternetAddress.parse(line(value), true);
            String plain = all.length == 1 && !all[0].isGroup() ? all[0].getAddress() : "";
            if (!PLAIN.matcher(plain).matches() || plain.length() > LONGEST_ADDRESS) throw new AddressException();
            all[0].validate();
            return new InternetAddress(plain, all[0].getPersonal(), UTF8);
        } catch (AddressException | UnsupportedEncodingException e) {
            throw new Refused(verdict, what + " is not one e-mail address");
        } catch (Refused e) {
            throw new Refused(verdict, what + " is not one e-mail address");
        }
    }
}
