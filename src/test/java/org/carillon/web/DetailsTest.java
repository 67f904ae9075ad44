package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DetailsTest {

    /** Where a submission, a given up submit, a refused letter or a route's health is given its note, up to the end of the statement: any word of it may be the note. */
    private static final Pattern STATEMENT = Pattern.compile("Submission\\.(?:notSent|unknown)\\(|new Submission\\(|giveUp\\(Verdicts|new Refused\\(|new RouteHealth\\(|new Unsafe\\(|\\bsay\\((?:true|false), "
        + "|(?<!void )\\bunknown\\(h, |String (?:detail|what) = |return e\\.getCause\\(\\) instanceof|insert into (?:attempt|late)_outcome");
    private static final Pattern TEXT = Pattern.compile("(?<!bind\\()\"([a-z][A-Za-z0-9 ,.'_-]*[A-Za-z])\"");
    private static final Pattern IN_SQL = Pattern.compile("'([a-z](?:[a-z ]|'')* (?:[a-z ]|'')*)'");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {"no session | pas de connexion au fournisseur", "the session ended, nothing was written | connexion coupée, rien n’est parti",
        "refused, 550 5.1.1 at RECIPIENT | à l’annonce du destinataire", "the connection ended at AFTER_DOT | connexion coupée, après la fin du texte",
        "refused, 421 | ''", "answered 400 21211 | ''", "a yes without an id | accord du fournisseur, mais sans numéro de message",
        "no connection in time, nothing was written | connexion impossible dans le délai, rien n’est parti", "'' | ''", "#{7*7} {0} | note technique\u00A0: «\u00A0#{7*7} {0}\u00A0»", "gone at LAST | note technique\u00A0: «\u00A0gone at LAST\u00A0»"})
    void saysInFrenchWhatAGatewayNoted(String detail, String words) { assertEquals(words, Details.say(Locale.FRENCH, detail)); }

    /** From the start to the semicolon on the same level. */
    private static String statement(String source, int start) {
        int depth = 0;
        boolean text = false;
        for (int i = start; i < source.length(); i++) {
            char c = source.charAt(i);
            text ^= c == '"' && source.charAt(i - 1) != '\\';
            depth += text ? 0 : c == '{' || c == '(' ? 1 : c == '}' || c == ')' ? -1 : 0;
            if (!text && (c == ';' && depth <= 0 || depth < -3)) return source.substring(start, i);
        }
        return source.substring(start);
    }

    static Stream<String> codesOfTheTables() throws IOException {
        return Stream.concat(Files.lines(Path.of("src/main/resources/verdicts/http.csv")), Files.lines(Path.of("src/main/resources/verdicts/smtp.csv"))).filter(line -> !line.startsWith("#"))
            .map(line -> line.split(",")[1]).filter(code -> code.matches("\\d{3,5}|\\d\\.\\d+\\.[\\dx]+")).distinct();
    }

    @ParameterizedTest(name = "{0}") @MethodSource("codesOfTheTables")
    void hasWordsForEveryCodeOfTheTables(String code) {
        for (Locale locale : new Locale[] {Locale.FRENCH, Locale.ENGLISH}) assertTrue(Codes.meaning(locale, code.replace(".x", ".99")).isPresent());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {"400 21211 | 400 21211, numéro de destinataire invalide", "550 5.7.26 | 550 5.7.26, refusé au nom des règles du serveur", "550 | 550, boîte aux lettres inexistante ou refusée",
        "0x0000000B | 0x0000000B, numéro de destinataire invalide", "418 | 418", "404 99999 | 404 99999"})
    void saysInFrenchWhatACodeMeans(String code, String words) { assertEquals(words, Codes.say(Locale.FRENCH, code)); }

    @Test void hasWordsForEveryNoteOfOurs() throws IOException {
        Set<String> notes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/carillon/delivery"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                STATEMENT.matcher(source).results().map(found -> statement(source, found.start())).forEach(statement -> {
                    (statement.contains("_outcome") ? IN_SQL.matcher(statement.replace("\" + \"", "")) : TEXT.matcher(statement)).results()
                        .map(text -> text.group(1).replace("''", "'")).forEach(notes::add);
                });
            }
        }
        assertTrue(notes.size() > 40, () -> "too few notes found: " + notes);
        for (Locale locale : new Locale[] {Locale.FRENCH, Locale.ENGLISH}) {
            assertEquals(Set.of(), new TreeSet<>(notes.stream().filter(n -> Details.say(locale, n).contains(n) && Details.say(locale, n).matches(".*[«“].*")).toList()));
        }
    }
}
