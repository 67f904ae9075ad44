package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.carillon.delivery.MessageState;
import org.carillon.delivery.Verdict;
import org.carillon.fact.EventType;
import org.carillon.fact.Reason;
import org.carillon.report.Look;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every constant that a reader may meet has words in both languages. */
class WordsTest {

    private static Properties words(String folder, String language) {
        Properties words = new Properties();
        try (var file = WordsTest.class.getResourceAsStream("/i18n/" + folder + "_" + language + ".properties")) {
            words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return words;
    }

    private static Set<String> missing(Properties words, Stream<String> keys) {
        Set<String> missing = new TreeSet<>(keys.toList());
        missing.removeAll(words.stringPropertyNames());
        return missing;
    }

    @ParameterizedTest @ValueSource(strings = {"fr", "en"}) @DisplayName("B-03: every reason, state and event in words")
    void haveNoGaps(String language) {
        assertEquals(Set.of(), missing(words("reason", language), Arrays.stream(Reason.values()).map(Reason::name)));
        assertEquals(Set.of(), missing(words("event", language), Arrays.stream(EventType.values()).flatMap(e -> Stream.of(e.name(), "why." + e.name()))));
        Properties state = words("state", language);
        assertEquals(Set.of(), missing(state, Arrays.stream(MessageState.values()).map(s -> "message." + s)));
        assertEquals(Set.of(), missing(state, Stream.of("PLANNED", "HELD", "SKIPPED", "CANCELLED", "SUPPRESSED", "EXPIRED").map(s -> "plan." + s)));
        assertEquals(Set.of(), missing(state, Arrays.stream(Verdict.values()).map(v -> "verdict." + v)));
        assertEquals(Set.of(), missing(state, Arrays.stream(Look.values()).flatMap(l -> Stream.of(l.style(), "views." + l.style()))));
    }

    @ParameterizedTest @ValueSource(strings = {"fr", "en"}) @DisplayName("ui.md 7: a correct refusal is never called an error")
    void nameNoRefusalAnError(String language) {
        Properties reason = words("reason", language);
        List<String> found = reason.stringPropertyNames().stream().filter(key -> reason.getProperty(key).matches("(?i).*\\b(error|erreur)\\b.*")).toList();
        assertEquals(List.of(), found);
    }

    @Test void everyMessageStateHasALook() { Arrays.stream(MessageState.values()).forEach(state -> Look.ofMessage(state.name())); }
}
