package org.carillon.alert;

import java.text.MessageFormat;
import java.util.Locale;
import org.carillon.fact.WordFile;

/**
 * What an e-mail to staff says when the offers of their location are held (LAW-18). Pure.
 *
 * @param language the reader's
 * @param sent     of the last thousand offers, {@code complaints} and {@code bounces} among them
 * @param url      of the pages, without a slash at its end
 */
record HoldLetter(String language, String location, int sent, int complaints, int bounces, String url) {

    String subject() { return say("hold.subject"); }

    String text() { return say("hold.text") + "\n\n" + say("hold.figures") + "\n\n" + say("hold.next") + "\n" + url + "/reputation/list.xhtml\n\n" + say("why") + "\n"; }

    private String say(String key) {
        boolean english = "en".equals(language);
        String words = WordFile.of("alertmail", english ? "en" : "fr").getProperty(key);
        return new MessageFormat(words, english ? Locale.US : Locale.FRENCH).format(new Object[] {location, sent, complaints, bounces});
    }
}
