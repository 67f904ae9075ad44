package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetailsTest {

    /** What a submission, a given up submit or a refused letter is given as its note. */
    private static final Pattern NOTE = Pattern.compile("(?:Submission\\.(?:notSent|unknown)\\(|giveUp\\(Verdicts\\.[A-Z]+, |new Refused\\(Verdict\\.[A-Z_]+, |code, null, |case Verdicts\\.[A-Z]+ -> )"
        + "\"([a-z][A-Za-z0-9 ,.'_-]+)\"");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {"no session | pas de connexion au fournisseur", "the session ended, nothing was written | connexion coupée, rien n’est parti",
        "refused, 550 5.1.1 at RECIPIENT | à l’annonce du destinataire", "the connection ended at AFTER_DOT | connexion coupée, après la fin du texte",
        "refused, 421 | ''", "'' | ''", "#{7*7} {0} | note technique\u00A0: «\u00A0#{7*7} {0}\u00A0»", "gone at LAST | note technique\u00A0: «\u00A0gone at LAST\u00A0»"})
    void saysInFrenchWhatAGatewayNoted(String detail, String words) { assertEquals(words, Details.say(Locale.FRENCH, detail)); }

    @Test void hasWordsForEveryNoteOfOurs() throws IOException {
        Set<String> notes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/carillon/delivery"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher note = NOTE.matcher(Files.readString(file));
                while (note.find()) {
                    notes.add(note.group(1));
                }
            }
        }
        assertTrue(notes.size() > 18, () -> "too few notes found: " + notes);
        for (Locale locale : new Locale[] {Locale.FRENCH, Locale.ENGLISH}) {
            assertEquals(Set.of(), new TreeSet<>(notes.stream().filter(n -> Details.say(locale, n).contains(n) && Details.say(locale, n).matches(".*[«“].*")).toList()));
        }
    }
}
