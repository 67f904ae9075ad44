package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bundles: complete in both languages, and everything that a page says is there. */
class TextsTest {

    private static final Path BUNDLES = Path.of("src/main/resources/i18n");
    private static final Pattern USED_IN_PAGES = Pattern.compile("t\\.(\\w+)\\['([^']+)'\\](?!\\.)");
    private static final Pattern USED_IN_BEANS = Pattern.compile("(?:say|done|doneThen)\\(\\s*\"(\\w+)\",\\s*\"([\\w.]*\\w)\"");

    private static Properties load(Path file) {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static List<Path> files(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test void hasTheSameKeysInBothLanguages() throws IOException {
        for (Path french : files(BUNDLES, "_fr.properties")) {
            Path english = french.resolveSibling(french.getFileName().toString().replace("_fr.", "_en."));
            assertEquals(new TreeSet<>(load(french).keySet()), new TreeSet<>(load(english).keySet()), french.getFileName().toString());
        }
        assertEquals(files(BUNDLES, "_fr.properties").size(), files(BUNDLES, "_en.properties").size());
    }

    @Test void hasEveryKeyThatPagesAndBeansUse() throws IOException {
        Set<String> missing = new TreeSet<>();
        List<Path> sources = new ArrayList<>(files(Path.of("src/main/webapp"), ".xhtml"));
        sources.addAll(files(Path.of("src/main/java/org/carillon/web"), ".java"));
        for (Path source : sources) {
            Matcher used = (source.toString().endsWith(".xhtml") ? USED_IN_PAGES : USED_IN_BEANS).matcher(Files.readString(source));
            while (used.find()) {
                String key = used.group(2);
                Path bundle = BUNDLES.resolve(used.group(1) + "_fr.properties");
                if (!Files.exists(bundle) || !load(bundle).containsKey(key)) {
                    missing.add(source.getFileName() + ": " + used.group(1) + "." + key);
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test void hasEveryRefusalThatTheDesksUse() throws IOException {
        Properties refusals = load(BUNDLES.resolve("invalid_fr.properties"));
        Set<String> missing = new TreeSet<>();
        Pattern refusal = Pattern.compile("new Invalid\\((?:null|\"[^\"]*\"|\\w+), \"([\\w.]*\\w)\"(?! \\+)");
        for (Path source : files(Path.of("src/main/java"), ".java")) {
            Matcher used = refusal.matcher(Files.readString(source));
            while (used.find()) {
                if (!refusals.containsKey(used.group(1))) {
                    missing.add(source.getFileName() + ": " + used.group(1));
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test void isWellFormedAndTypographicallyRight() throws IOException {
        for (Path file : files(BUNDLES, ".properties")) {
            load(file).forEach((key, text) -> {
                if (((String) text).matches(".*\\{\\d.*")) {
                    new MessageFormat((String) text, Locale.FRENCH);
                }
                assertFalse(((String) text).contains("'"), file.getFileName() + " " + key + ": a plain apostrophe quotes a pattern and is wrong on screen");
            });
        }
    }

    @Test void putsNoBreakSpacesOnScreen() {
        assertTrue(Texts.say(Locale.FRENCH, "open", "signin.forgotten").startsWith("Mot de passe oublié\u00A0?"));
    }

    @Test void showsAMissingKeyAsSuch() { assertEquals("???open.nowhere???", Texts.say(Locale.FRENCH, "open", "nowhere")); }

    @Test void neverReadsAValueAsAPattern() {
        assertEquals("La fiche de {0} ${7*7} #{7*7} est enregistrée.", Texts.say(Locale.FRENCH, "staff", "list.saved", "{0} ${7*7} #{7*7}"));
    }
}
