package org.carillon.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** What answers say, in the caller's language: the first of Accept-Language that we speak, else French. Only our own texts are patterns (SEC-10). */
final class Words {

    private static final Map<String, Properties> FILES = new ConcurrentHashMap<>();

    private Words() { }

    static Locale language(List<Locale> accepted) {
        return accepted.stream().map(Locale::getLanguage).filter(List.of("fr", "en")::contains).findFirst().map(Locale::forLanguageTag).orElse(Locale.FRENCH);
    }

    /** {@code key} of the bundle, with {0}, {1}... filled; the key itself where no words were written. */
    static String say(Locale locale, String bundle, String key, Object... values) {
        String text = FILES.computeIfAbsent(bundle + "_" + locale.getLanguage(), Words::load).getProperty(key);
        return text == null ? key : values.length == 0 ? text : new MessageFormat(text, locale).format(values);
    }

    private static Properties load(String name) {
        Properties texts = new Properties();
        try (InputStream file = Words.class.getResourceAsStream("/i18n/" + name + ".properties")) {
            if (file != null) {
                try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
                    texts.load(reader);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
