package org.carillon.delivery.mail;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carillon.delivery.Returned;

/**
 * Whether a bounce means the address or the moment (MSG-13). Servers disagree about codes, so what they say in words comes first, then the enhanced
 * status, then the reply code. Pure.
 */
final class BounceJudge {

    record Finding(Returned.Kind kind, String status) { }

    private static final int LONGEST = 10_000;  // what matters is said at the beginning, and patterns cost time
    private static final Finding NOTHING = new Finding(Returned.Kind.AUTOMATIC, "");
    private static final Pattern ENHANCED = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
    private static final Pattern REPLY = Pattern.compile("(?<![\\d.])([45][0-5]\\d)[ -](?=\\S)");

    private static final Pattern NOBODY = words("user unknown|unknown user|no such (user|mailbox|address|recipient|person)|(user|mailbox|recipient|account|address|alias)( \\S+)? (was )?(does not|doesn.t|not) (exist|found)"
        + "|(wasn.t|could ?n.t be|can ?not be|couldn't be) found|doesn.t have an? \\S+ account|unknown (recipient|address|local.?part)|invalid (recipient|mailbox|address)|recipient (address )?rejected: (access denied|undeliverable)"
        + "|mailbox (is )?(unavailable|disabled|inactive|not found)|account (that you tried to reach )?(is |has been |does not |was )?(disabled|inactive|deactivated|suspended|closed|exist)|no mailbox here|not a valid mailbox"
        + "|(host|domain)( or domain)?( name)? (\\S+ )?(is )?(not found|unknown)|unknown host|unrouteable address|all relevant mx records point to non-existent|no such domain|nxdomain|not listed in (public )?(name|domino)"
        + "|addressee unknown|no longer (works|valid|in use|available)|n.existe pas|adresse inconnue|utilisateur inconnu|bo[iî]te (aux lettres )?(inexistante|inconnue|d[ée]sactiv[ée]e)|destinataire (inconnu|invalide|inexistant)"
        + "|adresse d au moins un destinataire invalide");
    private static final Pattern FULL = words("(mailbox|quota|inbox|storage|account|bo[iî]te)( \\S+){0,4} (is )?(full|exceeded|over|pleine|d[ée]pass[ée]e?)|over (its |the )?(quota|storage)|quota exceeded|exceeds? .{0,20}quota|insufficient .{0,12}storage"
        + "|out of storage|too many messages|mailbox size limit");
    private static final Pattern REFUSED = words("spam|blocked|block ?list(ed)?|black ?list(ed)?|denied by policy|policy|reputation|dmarc|spf|dkim|unsolicited|virus|too many (connections|recipients)|rate limit(ed)?|throttl\\w*|greylist\\w*|gr[ae]y-?list\\w*|try again later"
        + "|message (is )?too (large|big)|size limit|temporar(y|ily)|timed? ?out|connection (refused|lost|timed)|loop(s|ing)?|hop count");
    private static final Pattern DELAYED = words("delayed|has not (yet )?been delivered|will (be retried|continue|keep|retry)|still (being )?(trying|retried)|warning: (message|could not)|not yet been delivered|n a pas encore|retard[ée]?|in the queue|no action is required"
        + "|delivery incomplete");
    private static final Pattern FAILED = words("undeliver\\w*|(delivery|mail) (status notification \\(failure\\)|failed|failure|has failed|system error)|returned (mail|to sender)|failure notice|could not (be delivered|deliver)|wasn.t delivered|couldn t be delivered"
        + "|non (remis|d[ée]livr[ée]|distribu[ée])|non-remise|[ée]chec|rejected|rejet[ée]|permanent (fatal )?error|returning message|delivery to the following|unable to deliver|not delivered|did not reach|impossible de (remettre|d[ée]livrer)");

    private BounceJudge() { }

    /** The per-recipient part of a delivery report; where it speaks of several, the worst counts, since every letter of ours has one recipient. */
    static Finding report(String status, String words) {
        String action = ReturnReader.field(status, "Action").toLowerCase(Locale.ROOT);
        if (!action.isEmpty() && !action.startsWith("failed")) {
            return NOTHING;  // delayed, delivered, relayed, expanded
        }
        String code = ReturnReader.field(status, "Status").replaceAll("[^0-9.].*", "");
        String diagnostic = ReturnReader.field(unfolded(status), "Diagnostic-Code");
        return judge(code, diagnostic.isEmpty() ? words : diagnostic);
    }

    /** Without a report: what the server wrote for people. */
    static Finding text(String subject, String headers, String words) {
        String head = plain(subject);
        String body = plain(words);
        boolean failed = FAILED.matcher(head).find() || !ReturnReader.field(headers, "X-Failed-Recipients").isEmpty()
            || !isHoliday(headers) && (FAILED.matcher(body).find() || NOBODY.matcher(body).find() && REPLY.matcher(words).find());
        if (!failed || DELAYED.matcher(head).find() || DELAYED.matcher(body).find() && !FAILED.matcher(head).find()) {
            return NOTHING;
        }
        Matcher code = ENHANCED.matcher(words);
        return judge(code.find() ? code.group(1) : "", words);
    }

    private static Finding judge(String code, String words) {
        String said = plain(words);
        Matcher inWords = ENHANCED.matcher(words);
        // what the last server said is nearer to the truth than a summary such as 5.0.0
        String status = (code.isEmpty() || code.matches("[45]\\.0\\.0")) && inWords.find() ? inWords.group(1) : code;
        if (status.startsWith("2.")) {
            return NOTHING;
        }
        if (FULL.matcher(said).find()) {
            return new Finding(Returned.Kind.SOFT, status);
        }
        boolean nobody = NOBODY.matcher(said).find();
        boolean passing = status.startsWith("4.") || status.isEmpty() && reply(words).startsWith("4");
        if (nobody && !passing) {
            return new Finding(Returned.Kind.HARD, status);
        }
        if (passing || status.matches("5\\.(2\\.[23]|3\\.\\d+|4\\.[0-35-9]|5\\.\\d+|6\\.\\d+|7\\.\\d+|1\\.[78])") || REFUSED.matcher(said).find()) {
            return new Finding(Returned.Kind.SOFT, status);
        }
        boolean address = status.matches("5\\.(1\\.(0|1|2|3|4|6|9|10)|2\\.[014]|4\\.4|0\\.0)") || status.isEmpty() && reply(words).matches("55[0134]");
        return new Finding(address ? Returned.Kind.HARD : Returned.Kind.SOFT, status);
    }

    private static String reply(String words) {
        Matcher reply = REPLY.matcher(words);
        return reply.find() ? reply.group(1) : "";
    }

    /** Whether no person wrote it (MSG-14): such letters are never answered nor passed on. */
    static boolean fromAMachine(String headers) {
        String submitted = ReturnReader.field(headers, "Auto-Submitted").toLowerCase(Locale.ROOT);
        String from = ReturnReader.field(headers, "From").toLowerCase(Locale.ROOT);
        return !submitted.isEmpty() && !submitted.startsWith("no") || ReturnReader.field(headers, "Return-Path").equals("<>")
            || from.matches(".*\\b(mailer-daemon|mail delivery (sub)?system|postmaster|mail-daemon|no-?reply|do-?not-?reply)\\b.*")
            || List.of("List-Id", "List-Unsubscribe", "List-Post", "X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-Failed-Recipients", "Feedback-Id").stream()
                .anyMatch(name -> !ReturnReader.field(headers, name).isEmpty())
            || ReturnReader.field(headers, "Precedence").toLowerCase(Locale.ROOT).matches("(bulk|junk|list|auto_reply).*");
    }

    private static boolean isHoliday(String headers) {
        return ReturnReader.field(headers, "Auto-Submitted").toLowerCase(Locale.ROOT).contains("vacation")
            || plain(ReturnReader.field(headers, "Subject")).matches(".*\\b(out of (the )?office|absen(t|ce|te)|vacation|vacances|holiday|auto(matic)? ?(reply|response)|reponse automatique)\\b.*");
    }

    private static String unfolded(String text) { return text.replaceAll("\\r?\\n[ \\t]+", " "); }

    private static String plain(String text) {
        return java.text.Normalizer.normalize(text.length() > LONGEST ? text.substring(0, LONGEST) : text, java.text.Normalizer.Form.NFKD).replaceAll("\\p{M}+", "").toLowerCase(Locale.ROOT).replace('\u2019', ' ').replace('\'', ' ')
            .replaceAll("\\s+", " ");
    }

    private static Pattern words(String alternatives) { return Pattern.compile("\\b(?:" + alternatives.replace("[ée]", "e").replace("[iî]", "i").replace("n.t", "n t") + ")"); }
}
