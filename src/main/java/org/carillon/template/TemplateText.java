package org.carillon.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carillon.fact.SearchText;

/**
 * A template parsed once: literal text and placeholders {@code {customer.name}} or <code>{ x | fallback }</code>; a doubled brace is a brace
 * (KI-12, KI-13). Parsing never fails; {@link #lint} tells what must not be saved.
 */
public record TemplateText(List<Part> parts, List<Problem> broken) {

    /** Text, or a field with its fallback (null where there is none). */
    public sealed interface Part {
        record Literal(String text) implements Part { }
        record Placeholder(String field, String fallback) implements Part { }
    }

    /** DOUBLED_BRACES: a field's name between doubled braces, which the customer would read as such. */
    public enum Kind { UNKNOWN_FIELD, UNCLOSED_BRACE, PROMPT_LEFT, BLANK_LEFT, BRACKETS, DOUBLED_BRACES }

    /**
     * @param found   the offending text
     * @param nearest the nearest valid field name, empty where there is none to name
     */
    public record Problem(Kind kind, String found, String nearest) {
        /** Brackets and doubled braces may be meant; they are for the author to see. The rest must not be saved. */
        public boolean refused() { return kind != Kind.BRACKETS && kind != Kind.DOUBLED_BRACES; }
    }

    private static final Pattern BRACKETS = Pattern.compile("\\[[^\\]\\[]{1,80}\\]");
    private static final Set<String> BLANKS = Set.of("[...]", "[\u2026]");  // what our library leaves for the author to fill (KI-14)
    private static final Pattern BRACES = Pattern.compile("\\{([^{}|]{1,100})(\\|[^{}]{0,200})?\\}");
    private static final Set<String> PROMPTS = Set.of("write your fallback value", "ecrivez votre valeur de repli", "inscrivez votre valeur de repli",
        "texte de repli", "fallback text");  // as others prompt, and as our editor does

    public static TemplateText parse(String source) {
        List<Part> parts = new ArrayList<>();
        List<Problem> broken = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < source.length()) {
            char c = source.charAt(at);
            boolean doubled = (c == '{' || c == '}') && at + 1 < source.length() && source.charAt(at + 1) == c;
            int close = c == '{' && !doubled ? close(source, at) : -1;
            if (doubled) {
                literal.append(c);
                at += 2;
            } else if (close < 0) {
                if (c == '{') {
                    broken.add(new Problem(Kind.UNCLOSED_BRACE, source.substring(at, Math.min(source.length(), at + 20)), ""));
                }
                literal.append(c);
                at++;
            } else {
                if (literal.length() > 0) {
                    parts.add(new Part.Literal(literal.toString()));
                    literal.setLength(0);
                }
                parts.add(placeholder(source.substring(at + 1, close)));
                at = close + 1;
            }
        }
        if (literal.length() > 0) {
            parts.add(new Part.Literal(literal.toString()));
        }
        return new TemplateText(List.copyOf(parts), List.copyOf(broken));
    }

    /** Where the placeholder that opens here ends, on the same line and before another one opens; -1 where it does not. */
    private static int close(String source, int open) {
        for (int i = open + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '{' || c == '\n' || c == '\r') {
                return -1;
            }
            if (c == '}') {
                return i;
            }
        }
        return -1;
    }

    private static Part placeholder(String inside) {
        int bar = inside.indexOf('|');
        return bar < 0 ? new Part.Placeholder(inside.strip(), null) : new Part.Placeholder(inside.substring(0, bar).strip(), inside.substring(bar + 1).strip());
    }

    /** What every customer reads, without the values. */
    public String literals() {
        return parts.stream().filter(Part.Literal.class::isInstance).map(p -> ((Part.Literal) p).text()).collect(Collectors.joining());
    }

    public List<String> fields() {
        return parts.stream().filter(Part.Placeholder.class::isInstance).map(p -> ((Part.Placeholder) p).field()).distinct().toList();
    }

    /** Fields without a fallback, be it an empty one. */
    public List<String> bare() {
        return parts.stream().filter(part -> part instanceof Part.Placeholder p && p.fallback() == null).map(p -> ((Part.Placeholder) p).field()).distinct().toList();
    }

    /** What is wrong with it, given the fields there are. */
    public List<Problem> lint(Set<String> known) {
        List<Problem> problems = new ArrayList<>(broken);
        for (Part part : parts) {
            if (part instanceof Part.Placeholder p) {
                if (!known.contains(p.field())) {
                    problems.add(new Problem(Kind.UNKNOWN_FIELD, p.field().isEmpty() ? "{}" : p.field(), nearest(p.field(), known)));
                }
                if (p.fallback() != null) {
                    String fallback = SearchText.of(p.fallback());
                    PROMPTS.stream().filter(fallback::contains).findFirst().ifPresent(prompt -> problems.add(new Problem(Kind.PROMPT_LEFT, p.fallback(), "")));
                    brackets(p.fallback(), problems);
                }
            } else if (part instanceof Part.Literal l) {
                brackets(l.text(), problems);
                BRACES.matcher(l.text()).results().filter(m -> known.contains(m.group(1).strip()))
                    .forEach(m -> problems.add(new Problem(Kind.DOUBLED_BRACES, m.group(), m.group(1).strip())));
            }
        }
        return List.copyOf(problems);
    }

    private static void brackets(String text, List<Problem> problems) {
        BRACKETS.matcher(text).results().map(MatchResult::group)
            .forEach(found -> problems.add(new Problem(BLANKS.contains(found.replace(" ", "")) ? Kind.BLANK_LEFT : Kind.BRACKETS, found, "")));
    }

    private static String nearest(String field, Set<String> known) {
        if (field.isEmpty() || field.length() > 100) {
            return "";
        }
        return known.stream().min(Comparator.comparingInt((String k) -> distance(field.toLowerCase(Locale.ROOT), k)).thenComparing(k -> k)).orElse("");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
