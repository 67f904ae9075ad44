package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.AbstractMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What pages say: {@code #{t.order['list.title']}} is key {@code list.title} of {@code i18n/order_fr.properties} or {@code _en}, in the reader's
 * language. Patterns with parameters go through {@code of:format1(t.order['list.count'], n)}; only our own texts are ever patterns (SEC-10). A
 * missing key shows as {@code ???order.list.title???}. French files are written with plain spaces; those before : ; ! ? and inside « » are made
 * no-break spaces here, for the screen (never for an SMS, whose texts are not ours).
 */
@Named("t") @ApplicationScoped
public class Texts extends AbstractMap<String, Map<String, String>> {

    private static final Map<String, Properties> FILES = new ConcurrentHashMap<>();

    private final Current current;

    protected Texts() { this(null); }

    @Inject
    public Texts(Current current) { this.current = current; }

    @Override
    public Map<String, String> get(Object folder) {
        Locale locale = current.getLocale();
        return new AbstractMap<>() {
            @Override public String get(Object key) { return text(locale, String.valueOf(folder), String.valueOf(key)); }
            @Override public boolean containsKey(Object key) { return true; }
            @Override public Set<Entry<String, String>> entrySet() { return Set.of(); }
        };
    }

    @Override public boolean containsKey(Object folder) { return true; }

    @Override public Set<Entry<String, Map<String, String>>> entrySet() { return Set.of(); }

    /** In the reader's language, with {0}, {1}... filled. */
    public String say(String folder, String key, Object... values) {
        return say(current.getLocale(), folder, key, values);
    }

    /** Whether there are words under this key in the reader's language. */
    public boolean has(String folder, String key) { return !text(current.getLocale(), folder, key).startsWith("???"); }

    public static String say(Locale locale, String folder, String key, Object... values) {
        String text = text(locale, folder, key);
        return values.length == 0 ? text : new MessageFormat(text, locale).format(values);
    }

    private static String text(Locale locale, String folder, String key) {
        return FILES.computeIfAbsent(folder + "_" + locale.getLanguage(), Texts::load).getProperty(key, "???" + folder + "." + key + "???");
    }

    private static Properties load(String name) {
        Properties texts = new Properties();
        try (InputStream file = Texts.class.getResourceAsStream("/i18n/" + name + ".properties")) {
            if (file != null) {
                try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
                    texts.load(reader);
                    if (name.endsWith("_fr")) {
                        texts.replaceAll((key, text) -> ((String) text).replaceAll(" (?=[:;!?»])|(?<=«) ", "\u00A0"));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
