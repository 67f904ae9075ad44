package org.carillon.intake;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import org.carillon.fact.WordFile;

/** What answers say, in the caller's language: the first of Accept-Language that we speak, else French. Only our own texts are patterns (SEC-10). */
final class Words {

    private Words() { }

    static Locale language(List<Locale> accepted) {
        return accepted.stream().map(Locale::getLanguage).filter(List.of("fr", "en")::contains).findFirst().map(Locale::forLanguageTag).orElse(Locale.FRENCH);
    }

    /** {@code key} of the bundle, with {0}, {1}... filled; the key itself where no words were written. */
    static String say(Locale locale, String bundle, String key, Object... values) {
        String text = WordFile.of(bundle, locale.getLanguage()).getProperty(key);
        return text == null ? key : values.length == 0 ? text : new MessageFormat(text, locale).format(values);
    }
}
