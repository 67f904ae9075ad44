package org.carillon.delivery.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.carillon.delivery.Phase;
import org.carillon.delivery.Verdicts;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** One SMTP connection that knows how far it has come: whether a cut leaves a message sent or not is a matter of one byte, the final dot. */
final class MailLine extends SMTPTransport {

    /** How a conversation ended: the code is the server's, or one of the words of {@link Verdicts}. */
    record Reply(Phase phase, String code) { }

    private static final Pattern ANSWER = Pattern.compile("^(\\d{3})[ -](?:([245]\\.\\d{1,3}\\.\\d{1,3})(?!\\S))?");

    /** An IOException, since after one the library ends the connection without a word: of a text without its final dot nothing counts. */
    private static final class TooLate extends IOException {

        private static final long serialVersionUID = 1L;

        TooLate() { super("the time in which the message may leave is over"); }
    }

    private static final String NO_COMMON_SIGN_IN = "504";

    private final MailSettings settings;
    private Phase phase = Phase.CONNECT;
    private String decisive;
    private long finishBefore;
    private int sent;
    private long lastUsed;

    MailLine(Session session, MailSettings settings) {
        super(session, null, "smtp", settings.tls() == MailSettings.Tls.IMPLICIT);
        this.settings = settings;
    }

    /** Empty where it is open now. @param address to connect to: the host's name where TLS is to check it */
    synchronized Optional<Reply> open(String address) {
        try {
            boolean signsIn = !settings.user().isEmpty();
            connect(address, settings.port(), signsIn ? settings.user() : null, signsIn ? settings.password() : null);
            lastUsed = System.nanoTime();
            return Optional.empty();
        } catch (MessagingException | RuntimeException e) {
            return Optional.of(new Reply(e instanceof AuthenticationFailedException ? Phase.AUTH : phase, codeOf(e)));
        }
    }

    /** @param finishBefore {@link System#nanoTime()} value after which neither the text nor the final dot leaves (T6): a server may take its time with each answer */
    synchronized Reply send(Letter letter, long finishBefore) {
        this.finishBefore = finishBefore;
        decisive = null;
        phase = Phase.SENDER;
        try {
            sendMessage(letter, new Address[] {letter.recipient()});
            sent++;
            lastUsed = System.nanoTime();
            return new Reply(phase, decisive);
        } catch (MessagingException | RuntimeException e) {
            lastUsed = System.nanoTime();
            return new Reply(phase, codeOf(e));
        }
    }

    boolean isFresh() { return sent == 0; }

    /** Without asking the server: what it has closed meanwhile shows at the next MAIL FROM, where nothing is lost yet. */
    boolean isReusable() { return isOpen() && sent < settings.perConnection() && System.nanoTime() - lastUsed < settings.idle().toNanos(); }

    private boolean isOpen() {
        try {
            checkConnected();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    void hangUp() {
        try {
            close();
        } catch (MessagingException e) {
            // gone already
        }
    }

    /** A server's no decides, whatever went wrong after it; without one it is the way in which the conversation ended. */
    private String codeOf(Exception e) {
        if (decisive != null) return decisive;
        boolean cut = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooLate) return Verdicts.LATE;
            if (cause instanceof SSLException) return phase == Phase.CONNECT ? Verdicts.TLS : Verdicts.CUT;
            if (cause instanceof SocketTimeoutException) return Verdicts.TIMEOUT;
            cut |= cause instanceof IOException;
        }
        if (cut || getLastReturnCode() <= 0) return Verdicts.CUT;
        // what else fails without the network's or the server's doing: no sign-in that both know, or STARTTLS that was not offered
        return e instanceof AuthenticationFailedException ? NO_COMMON_SIGN_IN : phase == Phase.CONNECT ? Verdicts.TLS : Verdicts.CUT;
    }

    static String code(String answer) {
        Matcher matcher = ANSWER.matcher(answer == null ? "" : answer);
        return !matcher.find() ? "" : matcher.group(2) == null ? matcher.group(1) : matcher.group(1) + " " + matcher.group(2);
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        int answer = super.readServerResponse();
        boolean decides = phase == Phase.AFTER_DOT ? answer >= 200 : answer >= 400;
        if (decides && decisive == null) decisive = code(getLastServerResponse());
        return answer;
    }

    @Override
    public int simpleCommand(String command) throws MessagingException {
        if (command.startsWith("AUTH ")) phase = Phase.AUTH;
        return super.simpleCommand(command);
    }

    @Override
    protected void rcptTo() throws MessagingException {
        phase = Phase.RECIPIENT;
        super.rcptTo();
    }

    @Override
    protected OutputStream data() throws MessagingException {
        phase = Phase.DATA;
        try {
            judgeTime();
        } catch (TooLate e) {
            throw new MessagingException(e.getMessage(), e);
        }
        return super.data();
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        judgeTime();
        phase = Phase.AFTER_DOT;
        super.finishData();
    }

    private void judgeTime() throws TooLate {
        if (System.nanoTime() - finishBefore >= 0) throw new TooLate();
    }
}
