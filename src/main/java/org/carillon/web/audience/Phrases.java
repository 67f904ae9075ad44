package org.carillon.web.audience;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.carillon.audience.Comparison;
import org.carillon.audience.Operator;
import org.carillon.audience.Value;
import org.carillon.web.Texts;
import org.carillon.web.audience.Sentence.Look;
import org.carillon.web.audience.Sentence.Piece;

/** The parts of a {@link Sentence}: alternatives about one field, each as head, verb, link and what matters. Words are in the bundle {@code audience}. */
final class Phrases {

    /** So many days in a row are told as a range. */
    private static final int RANGE = 3;
    private static final String OPEN = "…";

    /** @param whole says its verb again after an alternative: « n’est pas A OU n’est pas B » */
    record Clause(String lead, String noun, String verb, String link, String strong, boolean whole) {

        void say(List<Piece> pieces, Clause before) {
            boolean sameHead = before != null && before.lead.equals(lead) && before.noun.equals(noun);
            if (!sameHead) {
                add(pieces, Look.PLAIN, lead);
                add(pieces, Look.STRONG, noun);
            }
            if (!sameHead || whole || !before.verb.equals(verb)) {
                add(pieces, Look.PLAIN, verb);
            }
            add(pieces, Look.PLAIN, link);
            add(pieces, Look.STRONG, strong);
        }

        private static void add(List<Piece> pieces, Look look, String text) {
            if (!text.isEmpty()) {
                pieces.add(new Piece(look, text));
            }
        }
    }

    private final Locale locale;
    private final Names names;

    Phrases(Locale locale, Names names) {
        this.locale = locale;
        this.names = names;
    }

    /** Without those that others include: of "more than 180" and "more than 174 days ago" the second says it all. */
    List<Clause> of(List<Comparison> alternatives) {
        Set<Clause> clauses = new LinkedHashSet<>();
        TreeSet<Integer> exact = new TreeSet<>(Comparator.reverseOrder());
        alternatives.stream().filter(c -> days(c, Operator.EXACTLY)).forEach(c -> exact.add(days(c)));
        for (Comparison c : alternatives) {
            if (days(c, Operator.EXACTLY)) {
                runs(exact).forEach(run -> clauses.addAll(run(c.field(), run)));
            } else if (days(c, Operator.MORE_THAN)) {
                clauses.add(one(widest(alternatives, Operator.MORE_THAN, Comparator.comparing(Function.<Integer>identity()).reversed())));
            } else if (days(c, Operator.LESS_OR_EQUAL)) {
                clauses.add(one(widest(alternatives, Operator.LESS_OR_EQUAL, Comparator.naturalOrder())));
            } else {
                clauses.add(one(c));
            }
        }
        return List.copyOf(clauses);
    }

    private static boolean days(Comparison c, Operator operator) { return c.operator() == operator && c.value() instanceof Value.DaysAgo d && d.days() >= 0; }

    private static int days(Comparison c) { return ((Value.DaysAgo) c.value()).days(); }

    private static Comparison widest(List<Comparison> alternatives, Operator operator, Comparator<Integer> order) {
        return alternatives.stream().filter(c -> days(c, operator)).max(Comparator.comparing(Phrases::days, order)).orElseThrow();
    }

    private static List<List<Integer>> runs(Set<Integer> days) {
        List<List<Integer>> runs = new ArrayList<>();
        for (int day : days) {
            List<Integer> last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last.get(last.size() - 1) == day + 1) {
                last.add(day);
            } else {
                runs.add(new ArrayList<>(List.of(day)));
            }
        }
        return runs;
    }

    private List<Clause> run(String field, List<Integer> run) {
        int last = run.get(run.size() - 1);
        return run.size() < RANGE ? run.stream().map(day -> one(new Comparison(field, Operator.EXACTLY, new Value.DaysAgo(day)))).toList()
            : List.of(clause(field, "tail.range", count(run.get(0)), count(last) + " " + unit("DAYS_AGO", run.get(0))));
    }

    private Clause one(Comparison c) {
        Kind kind = Kind.of(c.value().getClass());
        String field = c.field();
        return switch (kind) {
            case NONE -> c.operator() == Operator.EXISTS || c.operator() == Operator.DOES_NOT_EXIST ? who(c.operator() == Operator.EXISTS ? "some." : "none.", field)
                : clause(field, "tail." + c.operator().code());
            case TEXT -> text(c);
            case AMOUNT -> amount(c);
            default -> time(c, kind);
        };
    }

    private Clause time(Comparison c, Kind kind) {
        int number = number(c.value());
        String special = number != 0 || kind == Kind.MINUTES_AGO ? null : "tail." + c.operator().code() + "." + kind + ".zero";
        return special != null ? clause(c.field(), special) : clause(c.field(), "tail." + c.operator().code() + "." + kind, number < 0 ? OPEN + " " + unit(kind.name(), 2) : counted(kind.name(), number));
    }

    private static int number(Value value) { return Kind.typed(value).isEmpty() ? -1 : Integer.parseInt(Kind.typed(value)); }

    private Clause text(Comparison c) {
        String typed = ((Value.Text) c.value()).text();
        String shown = typed == null || typed.isBlank() ? OPEN : value(c.field(), typed);
        boolean excludes = c.operator() == Operator.IS_NOT || c.operator() == Operator.DOES_NOT_CONTAIN;
        if (has("who." + c.field() + "." + c.operator().code())) {
            return new Clause("", "", say("who." + c.field() + "." + c.operator().code()), "", shown, true);
        }
        Clause clause = clause(c.field(), "tail." + c.operator().code(), shown);
        return new Clause(clause.lead, clause.noun, clause.verb, clause.link, clause.strong, excludes);
    }

    private String value(String field, String typed) {
        String key = "value." + field + "." + typed.toUpperCase(Locale.ROOT);
        return names.value(field, typed).orElseGet(() -> has(key) ? say(key) : typed);
    }

    private Clause amount(Comparison c) {
        BigDecimal amount = ((Value.Amount) c.value()).amount();
        if (!has("count." + c.field())) {
            return clause(c.field(), "tail." + c.operator().code() + ".AMOUNT", amount == null ? OPEN : NumberFormat.getNumberInstance(locale).format(amount));
        }
        boolean none = amount != null && amount.signum() == 0 && (c.operator() == Operator.EQUAL || c.operator() == Operator.LESS_OR_EQUAL);
        if (none) {
            return who("none.", c.field());
        }
        String[] forms = say("count." + c.field()).split("\\|");
        String counted = amount == null ? OPEN + " " + forms[1] : NumberFormat.getNumberInstance(locale).format(amount) + " " + forms[single(amount) ? 0 : 1];
        return new Clause("", "", say("say.have"), "", say("many." + c.operator().code(), counted), false);
    }

    /** « qui n’ont | aucun rendez-vous à venir » */
    private Clause who(String kind, String field) {
        String[] parts = say(has(kind + field) ? kind + field : kind + "other", noun(field)).split("\\|", -1);
        return new Clause("", "", parts[0], "", parts[1], false);
    }

    private Clause clause(String field, String tail, Object... values) {
        String[] noun = noun(field).split("\\|", -1);
        String[] parts = say(tail, values).split("\\|", 3);
        return new Clause(say("say.whose") + (noun.length > 1 ? " " + noun[0] : ""), noun[noun.length - 1], parts[0], parts[1], parts[2], false);
    }

    /** Article and noun, apart where an article stands before it. */
    private String noun(String field) {
        return has("noun." + field) ? say("noun." + field) : names.field(field).map(name -> say(field.startsWith("customer.") ? "noun.own" : "noun.own.of", bare(name), category(field)))
            .orElseGet(() -> say("noun.own", bare(field)));
    }

    private String category(String field) { return has("of." + RuleEditor.categoryOf(field)) ? say("of." + RuleEditor.categoryOf(field)) : RuleEditor.categoryOf(field); }

    /** Our own separator has no place in a name. */
    private static String bare(String name) { return name.replace('|', '/'); }

    private String counted(String kind, int number) { return count(number) + " " + unit(kind, number); }

    private String unit(String kind, int number) { return say("units." + kind).split("\\|")[single(BigDecimal.valueOf(number)) ? 0 : 1]; }

    /** French counts 0 and 1.5 as one, English only 1. */
    private boolean single(BigDecimal number) { return "fr".equals(locale.getLanguage()) ? number.abs().compareTo(BigDecimal.valueOf(2)) < 0 : number.compareTo(BigDecimal.ONE) == 0; }

    private String count(int number) { return NumberFormat.getIntegerInstance(locale).format(number); }

    private String say(String key, Object... values) { return Texts.say(locale, "audience", key, values); }

    private boolean has(String key) { return !Texts.say(locale, "audience", key).startsWith("???"); }
}
