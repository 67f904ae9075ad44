package org.carillon.conversation;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the words that the law gives a meaning (LAW-11, LAW-12, P-12, P-13). Only a whole text counts as such a word; a longer one goes to a
 * person. OUI, YES, NON and ANNULER are answers to questions and stop or start nothing. Pure.
 */
public final class ReplyClassifier {

    private static final Set<String> STOP = Set.of("stop", "stopall", "stop all", "unsubscribe", "end", "quit", "revoke", "optout", "opt out", "remove", "td",
        "arret", "arreter", "arretez", "desabonner", "desabonnement", "desinscrire", "desinscription", "fin");
    private static final Set<String> START = Set.of("start", "unstop");
    private static final Set<String> HELP = Set.of("help", "info", "aide");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    // written as words() leaves them; a person decides, so rather one too many
    private static final Pattern SOUNDS_LIKE_STOP = Pattern.compile("\\b(stop|stops|stopper|unsubscribe|opt out|arret\\w*|desabonn\\w*|desinscri\\w*"
        + "|(n |ne )?(m )?(ecrivez|envoyez|textez|contactez|ecrire|envoyer|contacter)\\b.{0,20}\\bplus|plus (de|d|aucun|recevoir)\\b.{0,20}\\b(sms|texto\\w*|message\\w*|courriel\\w*|pub\\w*)"
        + "|remove me|leave me alone|no more (texts?|messages?|sms)|(do not|don t|dont) (text|message|contact|write)|retirez moi|enlevez moi|laissez moi tranquille"
        + "|lose my number|wrong number|mauvais numero|harcel\\w*|spam)\\b");
    private static final int LONGEST_WORD = 60;

    private ReplyClassifier() { }

    public static Reading read(String text) {
        String words = words(text);
        if (words.length() <= LONGEST_WORD) {
            if (STOP.contains(words)) {
                return Reading.OPT_OUT;
            }
            if (words.equals("cancel")) {
                return Reading.OPT_OUT_CANCEL;
            }
            if (START.contains(words)) {
                return Reading.OPT_IN;
            }
            if (HELP.contains(words)) {
                return Reading.HELP;
            }
        }
        return SOUNDS_LIKE_STOP.matcher(words).find() ? Reading.TEXT_STOP : Reading.TEXT;
    }

    /** Full-width and accented letters as plain small ones, everything but letters and digits as one blank: "ＳＴＯＰ !" is "stop". */
    static String words(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
        return BETWEEN.matcher(plain).replaceAll(" ").strip();
    }
}
