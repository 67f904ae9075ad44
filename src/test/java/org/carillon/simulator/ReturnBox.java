package org.carillon.simulator;

import com.icegreen.greenmail.imap.ImapServer;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/** The mailbox to which return paths and replies lead, over IMAP: here servers bounce and customers answer by e-mail. */
public final class ReturnBox implements Closeable {

    private static final String DOMAIN = "bounce.example.com";
    private static final String USER = "returns";
    private static final String PASSWORD = "echo";

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final GreenMailUser user;

    ReturnBox() {
        server.start();
        user = server.setUser(USER + "@" + DOMAIN, USER, PASSWORD);
    }

    Map<String, String> settings() {
        ImapServer imap = server.getImap();
        return Map.of("carillon.bounce.domain", DOMAIN, "carillon.bounce.imap.host", "127.0.0.1", "carillon.bounce.imap.port", Integer.toString(imap.getPort()),
            "carillon.bounce.imap.user", USER, "carillon.bounce.imap.password", PASSWORD, "carillon.bounce.imap.tls", "none", "carillon.bounce.imap.every", "PT2S");
    }

    /** The receiving server gives the letter back, with this enhanced status and these words. */
    public void bounce(Mail mail, String status, String words) {
        deliver("Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example.com>\r\nTo: " + mail.from() + "\r\nSubject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
            + "Message-ID: <" + UUID.randomUUID() + "@mx.example.com>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
            + "<" + mail.to().get(0) + ">: " + words + "\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; " + mail.to().get(0)
            + "\r\nAction: " + (status.startsWith("4.") && words.contains("delayed") ? "delayed" : "failed") + "\r\nStatus: " + status + "\r\nDiagnostic-Code: smtp; " + words + "\r\n\r\n--b--\r\n");
    }

    /** The recipient presses "spam", and their provider tells so (ARF). */
    public void complain(Mail mail) {
        deliver("Return-Path: <fbl@provider.example>\r\nFrom: fbl@provider.example\r\nTo: abuse@example.com\r\nSubject: FW\r\nMIME-Version: 1.0\r\nMessage-ID: <" + UUID.randomUUID() + "@provider.example>\r\n"
            + "Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAn abuse report\r\n\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\n"
            + "Feedback-Type: abuse\r\nVersion: 1\r\nOriginal-Mail-From: <" + mail.from() + ">\r\n\r\n--b--\r\n");
    }

    /** The recipient answers. */
    public void answer(Mail mail, String text) {
        deliver("Return-Path: <" + mail.to().get(0) + ">\r\nFrom: <" + mail.to().get(0) + ">\r\nTo: " + USER + "@" + DOMAIN + "\r\nSubject: Re: letter\r\nIn-Reply-To: " + mail.messageId() + "\r\nMessage-ID: <" + UUID.randomUUID()
            + "@home.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text + "\r\n\r\nLe 23 nov. 2026 à 10:00, Garage <garage@example.com> a écrit :\r\n> Bonjour\r\n");
    }

    private void deliver(String letter) {
        try {
            user.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(letter.getBytes(StandardCharsets.UTF_8))));
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** How many letters nobody has taken yet. */
    public int waiting() { return server.getReceivedMessages().length; }

    @Override public void close() { server.stop(); }
}
