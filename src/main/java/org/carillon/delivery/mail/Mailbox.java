package org.carillon.delivery.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.carillon.delivery.Peer;
import org.carillon.delivery.Postbag;
import org.carillon.delivery.Postmarks;
import org.carillon.delivery.Returned;
import org.eclipse.microprofile.config.Config;

/**
 * The mailbox to which return paths and replies lead (MSG-13), read by IMAP. What was taken is removed from it; what cannot be read is flagged and left
 * for people to look at; what could not be stored stays for the next look.
 */
@ApplicationScoped
public class Mailbox {

    private static final Logger LOG = System.getLogger(Mailbox.class.getName());
    private static final int AT_ONCE = 500;
    private static final int LARGEST = 5_242_880;
    private static final String MILLIS = "20000";

    private final MailboxSettings settings;
    private final Postmarks marks;

    protected Mailbox() { this(MailboxSettings.read(name -> java.util.Optional.empty()), Postmarks.NONE); }

    @Inject
    public Mailbox(Config config, Postmarks marks) { this(MailboxSettings.read(name -> config.getOptionalValue("carillon.bounce.imap." + name, String.class)), marks); }

    public Mailbox(MailboxSettings settings, Postmarks marks) {
        this.settings = settings;
        this.marks = marks;
    }

    public boolean isPresent() { return settings.isPresent(); }

    public Duration every() { return settings.every(); }

    /** Takes out what is there. Answers how many letters were taken. @throws IllegalStateException where the mailbox cannot be reached */
    public int empty(Postbag bag, Instant now) {
        try (Store store = Session.getInstance(properties()).getStore(settings.tls() == MailSettings.Tls.IMPLICIT ? "imaps" : "imap")) {
            Peer peer = Peer.lookUp(settings.host(), settings.port());
            boolean plain = settings.tls() == MailSettings.Tls.NONE;
            if (plain && !peer.isLoopback() && !settings.plaintextAllowed()) {
                throw new IllegalStateException("the mailbox of returns is not read without TLS");
            }
            store.connect(plain ? peer.address().getHostAddress() : settings.host(), settings.port(), settings.user(), settings.password());
            Folder folder = store.getFolder(settings.folder());
            folder.open(Folder.READ_WRITE);
            try {
                return take(folder, bag, now);
            } finally {
                folder.close(true);
            }
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("the mailbox of returns cannot be read", e);
        }
    }

    private int take(Folder folder, Postbag bag, Instant now) throws MessagingException {
        int taken = 0;
        for (int number = 1; number <= folder.getMessageCount() && taken < AT_ONCE; number++) {
            Message message = folder.getMessage(number);
            if (message.isSet(Flags.Flag.DELETED) || message.isSet(Flags.Flag.FLAGGED)) {
                continue;
            }
            Returned returned = read(message, now);
            if (returned == null) {
                message.setFlag(Flags.Flag.FLAGGED, true);
                continue;
            }
            bag.receive(returned);
            message.setFlag(Flags.Flag.DELETED, true);
            taken++;
        }
        return taken;
    }

    /** Null where it cannot be read: one bad letter holds up nobody else's. */
    private Returned read(Message message, Instant now) {
        try {
            if (message.getSize() > LARGEST) {
                LOG.log(Level.WARNING, "a returned e-mail of " + message.getSize() + " octets is left in the mailbox, flagged");
                return null;
            }
            return ReturnReader.read((MimeMessage) message, marks, now);
        } catch (MessagingException | IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "a returned e-mail cannot be read and is left in the mailbox, flagged: " + e.getClass().getSimpleName());
            return null;
        }
    }

    private Properties properties() {
        Properties p = new Properties();
        for (String protocol : new String[] {"imap", "imaps"}) {
            p.put("mail." + protocol + ".connectiontimeout", "10000");
            p.put("mail." + protocol + ".timeout", MILLIS);
            p.put("mail." + protocol + ".writetimeout", MILLIS);
            p.put("mail." + protocol + ".ssl.checkserveridentity", "true");
            p.put("mail." + protocol + ".ssl.protocols", "TLSv1.3 TLSv1.2");
            p.put("mail." + protocol + ".partialfetch", "false");
            p.put("mail." + protocol + ".peek", "true");
        }
        p.put("mail.imap.starttls.enable", Boolean.toString(settings.tls() == MailSettings.Tls.STARTTLS));
        p.put("mail.imap.starttls.required", Boolean.toString(settings.tls() == MailSettings.Tls.STARTTLS));
        // what a stranger wrote is read leniently
        p.put("mail.mime.address.strict", "false");
        return p;
    }
}
