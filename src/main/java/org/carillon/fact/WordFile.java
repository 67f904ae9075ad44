package org.carillon.fact;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** The words of what is written without a page: {@code i18n/<name>_<language>.properties}, UTF-8, read once. Pages have bundles of their own. */
public final class WordFile {

    private static final Map<String, Properties> READ = new ConcurrentHashMap<>();

    private WordFile() { }

    /** @return no words where there is no such file */
    public static Properties of(String name, String language) { return READ.computeIfAbsent(name + "_" + language, WordFile::read); }

    private static Properties read(String file) {
        Properties words = new Properties();
        try (InputStream in = WordFile.class.getResourceAsStream("/i18n/" + file + ".properties")) {
            if (in != null) {
                words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
