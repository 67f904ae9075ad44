package org.carillon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text is there in both languages, and can be shown. */
class BundlesTest {

    private static final Path FOLDER = Path.of("src/main/resources/i18n");
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\d)");
    private static final Pattern IN_PAGE = Pattern.compile("\\bt\\.(\\w+)\\[['‘]([\\w.]+)['’]\\]");
    private static final Pattern IN_BEAN = Pattern.compile("(?:say|done|doneThen)\\(\\s*\"(\\w+)\",\\s*\"([\\w.]*\\w)\"");
    private static final Pattern IN_INVALID = Pattern.compile("new Invalid\\((?:[^,()]|\\([^()]*\\))+,\\s*\"([\\w.]+)\"\\s*[,)]");

    @Test
    void bothLanguagesHaveTheSameKeysAndParameters() throws IOException {
        for (String bundle : bundles()) {
            Properties french = read(bundle, "fr");
            Properties english = read(bundle, "en");
            assertEquals(new TreeSet<>(french.stringPropertyNames()), new TreeSet<>(english.stringPropertyNames()), bundle);
            for (String key : french.stringPropertyNames()) {
                assertEquals(parameters(french.getProperty(key)), parameters(english.getProperty(key)), bundle + " " + key);
            }
        }
    }

    @Test
    void noApostropheOrBraceIsEatenByTheMessageFormat() throws IOException {
        for (String bundle : bundles()) {
            for (String language : List.of("fr", "en")) {
                Properties texts = read(bundle, language);
                for (String key : texts.stringPropertyNames()) {
                    String text = texts.getProperty(key);
                    if (!parameters(text).isEmpty()) {
                        assertTrue(!text.contains("'"), () -> bundle + "_" + language + " " + key + ": write ’");
                        new MessageFormat(text, Locale.forLanguageTag(language));
                    }
                }
            }
        }
    }

    @Test
    void everyTextThatAPageAsksForIsThere() throws IOException {
        Map<String, String> missing = new TreeMap<>();
        for (Path page : files("src/main/webapp", ".xhtml")) {
            IN_PAGE.matcher(Files.readString(page)).results().filter(m -> !has(m.group(1), m.group(2)))
                .forEach(m -> missing.put(m.group(1) + " " + m.group(2), page.getFileName().toString()));
        }
        assertEquals(Map.of(), missing);
    }

    @Test
    void everyTextThatABeanSaysIsThere() throws IOException {
        Map<String, String> missing = new TreeMap<>();
        for (Path bean : files("src/main/java/org/carillon/web", ".java")) {
            IN_BEAN.matcher(Files.readString(bean)).results().filter(m -> !has(m.group(1), m.group(2)))
                .forEach(m -> missing.put(m.group(1) + " " + m.group(2), bean.getFileName().toString()));
        }
        assertEquals(Map.of(), missing);
    }

    @Test
    void everyRefusalHasItsWords() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path source : files("src/main/java", ".java")) {
            IN_INVALID.matcher(Files.readString(source)).results().map(m -> m.group(1)).filter(key -> !has("invalid", key)).forEach(missing::add);
        }
        assertEquals(Set.of(), missing);
    }

    private static boolean has(String bundle, String key) {
        try {
            return bundles().contains(bundle) && read(bundle, "fr").containsKey(key) && read(bundle, "en").containsKey(key);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> parameters(String text) {
        return PARAMETER.matcher(text).results().map((MatchResult m) -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> bundles() throws IOException {
        return files(FOLDER.toString(), "_fr.properties").stream().map(p -> p.getFileName().toString().replace("_fr.properties", "")).toList();
    }

    private static List<Path> files(String folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(f -> f.toString().endsWith(end)).sorted().toList();
        }
    }

    private static Properties read(String bundle, String language) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve(bundle + "_" + language + ".properties"))) {
            texts.load(reader);
        }
        return texts;
    }
}
