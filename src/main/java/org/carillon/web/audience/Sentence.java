package org.carillon.web.audience;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.carillon.audience.Audience;
import org.carillon.audience.Comparison;
import org.carillon.web.Texts;

/** A whole audience as one sentence that anybody reads: « Les clients dont le dernier bon clos date de 180 à 174 jours, ET qui n’ont aucun rendez-vous à venir. » */
public record Sentence(List<Piece> pieces) implements Serializable {

    /** How a piece of it is shown; the text is never markup. */
    public enum Look { PLAIN, STRONG, AND, OR }

    public record Piece(Look look, String text) implements Serializable { }

    public Sentence {
        pieces = List.copyOf(pieces);
    }

    /** @param language {@code fr} or {@code en}; the shop's own fields are called by their codes */
    public static Sentence of(Audience audience, String language) { return of(audience, language, Names.NONE); }

    public static Sentence of(Audience audience, String language, Names names) {
        Locale locale = Locale.forLanguageTag(language);
        Phrases phrases = new Phrases(locale, names);
        List<Piece> pieces = new ArrayList<>();
        for (List<Comparison> group : audience.groups()) {
            List<Piece> said = group(group, phrases, locale);
            if (!said.isEmpty()) {
                pieces.add(pieces.isEmpty() ? new Piece(Look.PLAIN, Texts.say(locale, "audience", "say.customers")) : new Piece(Look.PLAIN, ","));
                if (pieces.size() > 1) {
                    pieces.add(new Piece(Look.AND, Texts.say(locale, "audience", "and")));
                }
                pieces.addAll(said);
            }
        }
        if (!pieces.isEmpty()) {
            pieces.add(new Piece(Look.PLAIN, "."));
        }
        return new Sentence(pieces);
    }

    /** A rule by itself, as « dont le dernier bon clos date d’exactement 180 jours ». */
    static Sentence of(Comparison comparison, String language, Names names) {
        Locale locale = Locale.forLanguageTag(language);
        return new Sentence(group(List.of(comparison), new Phrases(locale, names), locale));
    }

    private static List<Piece> group(List<Comparison> group, Phrases phrases, Locale locale) {
        Map<String, List<Comparison>> byField = group.stream().filter(c -> c.field() != null && !c.field().isEmpty())
            .collect(Collectors.groupingBy(Comparison::field, LinkedHashMap::new, Collectors.toList()));
        List<Piece> pieces = new ArrayList<>();
        Phrases.Clause before = null;
        for (List<Comparison> alternatives : byField.values()) {
            for (Phrases.Clause clause : phrases.of(alternatives)) {
                if (before != null) {
                    pieces.add(new Piece(Look.OR, Texts.say(locale, "audience", "or")));
                }
                clause.say(pieces, before);
                before = clause;
            }
        }
        return pieces;
    }

    public boolean isEmpty() { return pieces.isEmpty(); }

    /** Whether a space stands before a piece. */
    public boolean spaced(int index) {
        String here = pieces.get(index).text();
        return index > 0 && !here.equals(",") && !here.equals(".") && !pieces.get(index - 1).text().endsWith("’");
    }

    /** Without emphasis. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            text.append(spaced(i) ? " " : "").append(pieces.get(i).text());
        }
        return text.toString();
    }
}
