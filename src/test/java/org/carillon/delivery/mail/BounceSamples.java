package org.carillon.delivery.mail;

import java.util.ArrayList;
import java.util.List;
import org.carillon.delivery.Returned.Kind;

/** Returned letters in the shapes of well-known servers, written by us. The token's address takes the place of {@code %s}. */
final class BounceSamples {

    record Sample(String name, Kind kind, String letter) { }

    private record Cause(String name, Kind kind, String status, String reply) { }

    /** What the last server said, and what it means. */
    private static final List<Cause> CAUSES = List.of(
        new Cause("nobody", Kind.HARD, "5.1.1", "550 5.1.1 <rose@home.example>: Recipient address rejected: User unknown in virtual mailbox table"),
        new Cause("gmail nobody", Kind.HARD, "5.1.1", "550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address"),
        new Cause("exchange nobody", Kind.HARD, "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient rose@home.example not found by SMTP address lookup"),
        new Cause("outlook nobody", Kind.HARD, "5.5.0", "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)."),
        new Cause("disabled", Kind.HARD, "5.2.1", "550 5.2.1 The email account that you tried to reach is disabled."),
        new Cause("no domain", Kind.HARD, "5.4.4", "Host or domain name not found. Name service error for name=home.example type=A: Host not found"),
        new Cause("french nobody", Kind.HARD, "5.1.1", "550 5.1.1 Adresse d'au moins un destinataire invalide. Invalid recipient. OFR204_416 [416]"),
        new Cause("full", Kind.SOFT, "5.2.2", "552 5.2.2 The email account that you tried to reach is over quota and inactive."),
        new Cause("quota", Kind.SOFT, "4.2.2", "452 4.2.2 Mailbox full"),
        new Cause("spam", Kind.SOFT, "5.7.1", "550 5.7.1 Message rejected as spam by content filtering"),
        new Cause("reputation", Kind.SOFT, "5.7.26", "550-5.7.26 This mail has been blocked because the sender is unauthenticated: SPF and DKIM did not pass"),
        new Cause("grey", Kind.SOFT, "4.7.1", "451 4.7.1 Greylisting in action, please come back later"),
        new Cause("timeout", Kind.SOFT, "4.4.1", "connect to mx.home.example[192.0.2.7]:25: Connection timed out"),
        new Cause("large", Kind.SOFT, "5.3.4", "552 5.3.4 Message size exceeds fixed maximum message size; message too large"));

    private static final String ORIGINAL = "Return-Path: <%s>\r\nFrom: Garage <garage@garage.example>\r\nTo: rose@home.example\r\nSubject: Votre voiture est pr=?utf-8?q?=C3=AAte?=\r\n"
        + "Message-ID: <1b4e28ba@garage.example>\r\nAuto-Submitted: auto-generated\r\n";

    private BounceSamples() { }

    static List<Sample> all() {
        List<Sample> all = new ArrayList<>();
        for (Cause c : CAUSES) {
            all.add(new Sample("Postfix " + c.name(), c.kind(), report("MAILER-DAEMON@mx.garage.example (Mail Delivery System)", "Undelivered Mail Returned to Sender",
                "This is the mail system at host mx.garage.example.\r\n\r\nI'm sorry to have to inform you that your message could not\r\nbe delivered to one or more recipients.\r\n\r\n<rose@home.example>: host mx.home.example[192.0.2.7] said: "
                    + c.reply() + " (in reply to RCPT TO command)", "failed", c.status(), c.reply())));
            all.add(new Sample("Exim " + c.name(), c.kind(), report("Mail Delivery System <Mailer-Daemon@exim.garage.example>", "Mail delivery failed: returning message to sender",
                "This message was created automatically by mail delivery software.\r\n\r\nA message that you sent could not be delivered to one or more of its\r\nrecipients. This is a permanent error. The following address(es) failed:\r\n\r\n  rose@home.example\r\n    " + c.reply(),
                "failed", c.status().startsWith("4") ? c.status() : "5.0.0", c.reply())));
            all.add(new Sample("Exchange " + c.name(), c.kind(), report("Microsoft Outlook <postmaster@garage.onmicrosoft.example>", "Undeliverable: Votre voiture",
                "<html><body><p>Your message to rose@home.example couldn't be delivered.</p><p>" + c.reply().replace("<", "&lt;") + "</p></body></html>", "failed", c.status(), c.reply()).replace("text/plain", "text/html")));
            all.add(new Sample("Gmail " + c.name(), c.kind(), report("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)",
                "** Address not found **\r\n\r\nThe response from the remote server was:\r\n" + c.reply(), "failed", c.status(), c.reply()).replace("** Address not found **", "** Message not delivered **")));
            all.add(new Sample("Sendmail " + c.name(), c.kind(), report("Mail Delivery Subsystem <MAILER-DAEMON@sendmail.example>", "Returned mail: see transcript for details",
                "The original message was received at Mon, 23 Nov 2026 10:00:00 -0500\r\n\r\n   ----- The following addresses had permanent fatal errors -----\r\n<rose@home.example>\r\n    (reason: " + c.reply() + ")", "failed", c.status(), c.reply())));
            all.add(new Sample("qmail " + c.name(), c.kind(), plain("MAILER-DAEMON@qmail.example", "failure notice", "Hi. This is the qmail-send program at qmail.example.\r\nI'm afraid I wasn't able to deliver your message to the following addresses.\r\n"
                + "This is a permanent error; I've given up. Sorry it didn't work out.\r\n\r\n<rose@home.example>:\r\n192.0.2.7 does not like recipient.\r\nRemote host said: " + c.reply() + "\r\nGiving up on 192.0.2.7.")));
            all.add(new Sample("OVH " + c.name(), c.kind(), plain("MAILER-DAEMON@mo500.mail-out.ovh.example", "Undelivered Mail Returned to Sender", "Bonjour,\r\n\r\nVotre message n'a pas pu être délivré. Delivery failed.\r\n\r\n<rose@home.example>: " + c.reply())));
            all.add(new Sample("Orange " + c.name(), c.kind(), plain("postmaster@orange.example", "Échec de la remise / Mail delivery failed", "Votre message n'a pas été remis à rose@home.example.\r\nRaison : " + c.reply())));
        }
        all.add(new Sample("Domino", Kind.HARD, plain("postmaster@domino.example", "DELIVERY FAILURE: User rose (rose@home.example) not listed in Domino Directory", "Your message\r\n\r\n  Subject: Votre voiture\r\n\r\nwas not delivered to:\r\n\r\n  rose@home.example\r\n\r\nbecause:\r\n\r\n  User rose (rose@home.example) not listed in Domino Directory")));
        all.add(new Sample("Yahoo", Kind.HARD, plain("MAILER-DAEMON@yahoo.example", "Failure Notice", "Sorry, we were unable to deliver your message to the following address.\r\n\r\n<rose@home.example>:\r\n554: delivery error: dd This user doesn't have a yahoo.example account (rose@home.example) [0] - mta1")));
        all.add(new Sample("Sympatico", Kind.HARD, plain("postmaster@sympatico.example", "Non remis : Votre voiture", "Impossible de remettre votre message : la boîte aux lettres rose est inexistante. 550 Requested action not taken: mailbox not found")));
        for (String action : new String[] {"delayed", "delivered", "relayed", "expanded"}) {
            all.add(new Sample("Postfix " + action, Kind.AUTOMATIC, report("MAILER-DAEMON@mx.garage.example", action.equals("delayed") ? "Delayed Mail (still being retried)" : "Successful Mail Delivery Report",
                "Your message", action, action.equals("delayed") ? "4.4.1" : "2.0.0", action.equals("delayed") ? "connect: Connection timed out" : "250 2.0.0 OK")));
        }
        all.add(new Sample("Exim delay", Kind.AUTOMATIC, plain("Mailer-Daemon@exim.example", "Warning: message 1abc-23 delayed 24 hours", "A message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours. No action is required on your part. rose@home.example 451 4.4.1")));
        for (String subject : new String[] {"Out of Office: Votre voiture", "Réponse automatique : absence", "Automatic reply: Votre voiture", "Vacation"}) {
            all.add(new Sample(subject, Kind.AUTOMATIC, headed("From: Rose <rose@home.example>\r\nTo: <%s>\r\nAuto-Submitted: auto-replied\r\nSubject: " + subject, "I cannot be reached; 550 Main Street. My mail could not be delivered to the printer.")));
        }
        all.add(new Sample("mailing list", Kind.AUTOMATIC, headed("From: liste@home.example\r\nTo: <%s>\r\nList-Id: <liste.home.example>\r\nPrecedence: list\r\nSubject: Bienvenue", "Bonjour")));
        for (String type : new String[] {"abuse", "fraud", "virus", "other"}) {
            all.add(new Sample("complaint " + type, Kind.COMPLAINT, complaint(type)));
        }
        all.add(new Sample("no complaint", Kind.AUTOMATIC, complaint("not-spam")));
        return all;
    }

    private static String headed(String headers, String body) {
        return headers + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nMessage-ID: <" + Math.abs(headers.hashCode()) + "@back.example>\r\n\r\n" + body + "\r\n";
    }

    /** What servers without delivery reports send: words, and a copy of the letter. */
    private static String plain(String from, String subject, String body) {
        return headed("Return-Path: <>\r\nFrom: " + from + "\r\nTo: %s\r\nSubject: " + subject, body + "\r\n\r\n--- Below this line is a copy of the message.\r\n\r\n" + ORIGINAL);
    }

    private static String report(String from, String subject, String words, String action, String status, String diagnostic) {
        return "Return-Path: <>\r\nDelivered-To: %s\r\nFrom: " + from + "\r\nSubject: " + subject + "\r\nTo: %s\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"b1/garage\"\r\nMessage-ID: <" + Math.abs((from + diagnostic).hashCode()) + "@back.example>\r\n\r\n"
            + "This is a MIME-encapsulated message.\r\n\r\n--b1/garage\r\nContent-Description: Notification\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + words
            + "\r\n\r\n--b1/garage\r\nContent-Description: Delivery report\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.garage.example\r\nArrival-Date: Mon, 23 Nov 2026 10:00:00 -0500 (EST)\r\n\r\n"
            + "Final-Recipient: rfc822; rose@home.example\r\nOriginal-Recipient: rfc822;rose@home.example\r\nAction: " + action + "\r\nStatus: " + status + "\r\nRemote-MTA: dns; mx.home.example\r\nDiagnostic-Code: smtp; "
            + diagnostic.replace(". ", ".\r\n    ") + "\r\n\r\n--b1/garage\r\nContent-Description: Undelivered Message Headers\r\nContent-Type: text/rfc822-headers\r\n\r\n" + ORIGINAL + "\r\n--b1/garage--\r\n";
    }

    private static String complaint(String type) {
        return "Return-Path: <fbl@provider.example>\r\nFrom: <fbl@provider.example>\r\nTo: <abuse@garage.example>\r\nSubject: FW: Rabais\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/report; report-type=feedback-report; boundary=\"b2\"\r\nMessage-ID: <" + type + "@provider.example>\r\n\r\n--b2\r\nContent-Type: text/plain\r\n\r\n"
            + "This is an email abuse report for an email message received from IP 192.0.2.1.\r\n\r\n--b2\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: " + type
            + "\r\nUser-Agent: SomeGenerator/1.0\r\nVersion: 1\r\nOriginal-Mail-From: <%s>\r\nSource-IP: 192.0.2.1\r\n\r\n--b2\r\nContent-Type: message/rfc822\r\n\r\n" + ORIGINAL + "\r\nRabais\r\n\r\n--b2--\r\n";
    }
}
