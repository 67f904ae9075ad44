package org.carillon.conversation;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** The words of automatic answers, in {@code i18n/answer_<language>.properties}. Values are put in as they are, never evaluated (SEC-10). */
final class Wording {

    private static final Map<String, Properties> FILES = new ConcurrentHashMap<>();

    private Wording() { }

    static String say(String language, String key, Shopfront shop) {
        return FILES.computeIfAbsent(language, Wording::load).getProperty(key).replace("{shop}", shop.name()).replace("{phone}", shop.phone());
    }

    private static Properties load(String language) {
        try (var reader = new InputStreamReader(Wording.class.getResourceAsStream("/i18n/answer_" + language + ".properties"), StandardCharsets.UTF_8)) {
            Properties words = new Properties();
            words.load(reader);
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
