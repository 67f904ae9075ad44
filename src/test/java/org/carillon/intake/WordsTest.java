package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carillon.customer.PhoneProblem;
import org.carillon.template.TemplateText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    /** The key is the second argument, written out. */
    private static final Pattern THROWN = Pattern.compile("new (?:Invalid|Unreadable)\\((?:[^;]*?[^\\\\]\"|[^\";,]*), \"([A-Za-z.]+)\"");
    private static final Pattern UNKNOWN = Pattern.compile("Invalid\\.unknown\\(\"([a-zA-Z]+)\"");

    @Test
    void everyRefusalHasWordsInBothLanguages() throws IOException {
        TreeSet<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Stream.of(Files.readString(file).split("(?<=;)")).forEach(statement -> {
                    Matcher thrown = THROWN.matcher(statement);
                    while (thrown.find()) {
                        keys.add(thrown.group(1));
                    }
                    Matcher unknown = UNKNOWN.matcher(statement);
                    while (unknown.find()) {
                        keys.add(unknown.group(1) + ".unknown");
                    }
                });
            }
        }
        Stream.of(PhoneProblem.values()).forEach(problem -> keys.add("phone." + problem));
        Stream.of(TemplateText.Kind.values()).filter(kind -> new TemplateText.Problem(kind, "", "").refused()).forEach(kind -> keys.add("template." + kind));
        keys.addAll(List.of("template.UNKNOWN_FIELD.alone", "template.silentOn.SMS", "template.silentOn.EMAIL"));
        keys.removeIf(key -> key.endsWith("."));
        assertTrue(keys.size() > 40, () -> "too few keys found: " + keys);
        for (String language : List.of("fr", "en")) {
            TreeSet<String> missing = new TreeSet<>(keys);
            missing.removeAll(load("invalid_" + language).stringPropertyNames());
            assertEquals(List.of(), List.copyOf(missing), language);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_fr", "invalid_en", "problem_fr", "problem_en"})
    void everyTextIsAPatternThatLosesNothing(String bundle) throws IOException {
        Properties texts = load(bundle);
        for (String key : texts.stringPropertyNames()) {
            String text = texts.getProperty(key);
            assertFalse(text.contains("'"), key + ": an apostrophe is typographic here");
            if (text.contains("{0}")) {
                String said = new MessageFormat(text, Locale.ROOT).format(new Object[] {"#{7*7}", "${7*7}", "third"});
                assertTrue(said.contains("#{7*7}"), key);
            }
        }
    }

    @Test
    void speaksTheFirstLanguageThatItKnows() {
        assertEquals(Locale.ENGLISH, Words.language(List.of(Locale.GERMAN, Locale.UK, Locale.FRENCH)));
        assertEquals(Locale.FRENCH, Words.language(List.of(Locale.GERMAN)));
        assertEquals(Locale.FRENCH, Words.language(List.of()));
    }

    private static Properties load(String bundle) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/i18n/" + bundle + ".properties"))) {
            texts.load(reader);
        }
        return texts;
    }
}
