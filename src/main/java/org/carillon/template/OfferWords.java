package org.carillon.template;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carillon.fact.SearchText;

/** Whether a text reads like an offer, or asks for consent to offers, by the patterns of {@code law/offer-words.csv} (LAW-01, LAW-03). Pure. */
public final class OfferWords {

    private static final List<Pattern> PATTERNS = read();

    private OfferWords() { }

    /** What reads so first, as the text has it without case and accents; empty where nothing does. */
    public static Optional<String> in(String text) {
        String plain = SearchText.of(text);
        return PATTERNS.stream().map(pattern -> pattern.matcher(plain)).filter(Matcher::find).map(Matcher::group).findFirst();
    }

    private static List<Pattern> read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(OfferWords.class.getResourceAsStream("/law/offer-words.csv"), StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).map(line -> Pattern.compile(line.substring(line.indexOf(';') + 1))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
