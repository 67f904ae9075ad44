package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link Texts} makes of the bundles. */
class TextsTest {

    private static final Path BUNDLES = Path.of("src/main/resources/i18n");
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

    @Test void hasEveryKeyThatBeansUse() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path source : files(Path.of("src/main/java/org/carillon/web"), ".java")) {
            Matcher used = USED_IN_BEANS.matcher(Files.readString(source));
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

    @Test void putsNoBreakSpacesOnScreen() {
        assertTrue(Texts.say(Locale.FRENCH, "open", "signin.forgotten").startsWith("Mot de passe oublié\u00A0?"));
    }

    @Test void showsAMissingKeyAsSuch() { assertEquals("???open.nowhere???", Texts.say(Locale.FRENCH, "open", "nowhere")); }

    @Test void neverReadsAValueAsAPattern() {
        assertEquals("La fiche de {0} ${7*7} #{7*7} est enregistrée.", Texts.say(Locale.FRENCH, "staff", "list.saved", "{0} ${7*7} #{7*7}"));
    }
}
