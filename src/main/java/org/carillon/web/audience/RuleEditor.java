package org.carillon.web.audience;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carillon.audience.Audience;
import org.carillon.audience.Comparison;
import org.carillon.audience.Grammar;
import org.carillon.audience.Judge;
import org.carillon.audience.Operator;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;

/**
 * An audience while it is being typed: what is half filled in stays as it is, and is named when the rules are judged. Shown by
 * {@code /WEB-INF/audience/rules.xhtml}; part of a page's bean.
 */
public class RuleEditor implements Serializable {

    private static final Pattern PLACE = Pattern.compile("groups\\[(\\d+)](?:\\[(\\d+)])?(?:\\.(\\w+))?");

    /** A refusal, at the field, operator or value of a row. */
    public record Problem(String part, String key, List<String> arguments) implements Serializable { }

    /** One rule. */
    public static class Row implements Serializable {

        private String category = "";
        private String field = "";
        private String form = "";
        private String text = "";
        private Problem problem;

        private static Row of(Comparison c) {
            Row row = new Row();
            row.field = Objects.toString(c.field(), "");
            row.category = categoryOf(row.field);
            row.form = row.field.isEmpty() ? "" : form(c.operator(), Kind.of(c.value().getClass()));
            row.text = Kind.typed(c.value());
            return row;
        }

        /** Puts right what a choice of category or field left behind, and keeps what still makes sense. */
        private void settle(FieldCatalogue catalogue) {
            if (!category.isEmpty() && !category.equals(categoryOf(field))) {
                Field same = catalogue.asked(category + field.substring(Math.max(0, field.indexOf('.'))));
                field = same != null ? same.code() : fields(catalogue, category).stream().findFirst().map(Field::code).orElse("");
            }
            Field known = catalogue.asked(field);
            if (known == null) {
                return;
            }
            List<Grammar.Form> forms = Grammar.of(known);
            if (forms.stream().map(f -> form(f.operator(), Kind.of(f.value()))).noneMatch(form::equals)) {
                Kind before = kind();
                Grammar.Form near = forms.stream().filter(f -> form.startsWith(f.operator().code() + " ")).findFirst().orElse(forms.get(0));
                form = form(near.operator(), Kind.of(near.value()));
                boolean reads = before != null && (before == Kind.TEXT) == (kind() == Kind.TEXT);
                text = reads || kind() == Kind.NONE ? text : "";
            }
        }

        Kind kind() { return form.isEmpty() ? null : Kind.valueOf(form.substring(form.indexOf(' ') + 1)); }

        Operator operator() { return form.isEmpty() ? null : Operator.of(form.substring(0, form.indexOf(' '))).orElseThrow(); }

        private Comparison comparison() { return form.isEmpty() ? new Comparison(field, Operator.IS, Kind.TEXT.value(text)) : new Comparison(field, operator(), kind().value(text)); }

        public boolean isBlank() { return field.isEmpty(); }
        public String getCategory() { return category; }
        public void setCategory(String category) { this.category = Objects.toString(category, ""); }
        public String getField() { return field; }
        public void setField(String field) { this.field = Objects.toString(field, ""); }
        public String getForm() { return form; }
        public void setForm(String form) { this.form = Objects.toString(form, ""); }
        public String getText() { return text; }
        public void setText(String text) { this.text = Objects.toString(text, ""); }
        public Problem getProblem() { return problem; }
        /** Whether that part is refused. */
        public boolean wrong(String part) { return problem != null && problem.part().equals(part); }
    }

    /** Alternatives of which any must hold. */
    public static class Group implements Serializable {
        private final List<Row> rows = new ArrayList<>();
        private Problem problem;

        public List<Row> getRows() { return rows; }
        public Problem getProblem() { return problem; }
    }

    private final List<Group> groups = new ArrayList<>();
    private String target;
    private boolean judged;
    private Problem problem;

    /** With one rule to begin with where there is none yet. */
    public static RuleEditor of(Audience audience) {
        RuleEditor editor = new RuleEditor();
        editor.target = audience == null ? null : audience.target();
        if (audience != null) {
            for (List<Comparison> alternatives : audience.groups()) {
                Group group = new Group();
                alternatives.forEach(c -> group.rows.add(Row.of(c)));
                editor.groups.add(group);
            }
        }
        if (editor.groups.isEmpty()) {
            editor.addRule();
        }
        return editor;
    }

    /** As it stands; what is half filled in becomes rules that {@link Judge} refuses. Without any rule begun it is empty. */
    public Audience audience() {
        return new Audience(isBlank() ? List.of() : groups.stream().map(g -> g.rows.stream().map(Row::comparison).toList()).toList(), target);
    }

    /** Whether no rule is begun. */
    public boolean isBlank() { return groups.stream().allMatch(g -> g.rows.stream().allMatch(Row::isBlank)); }

    public void addRule() {
        Group group = new Group();
        group.rows.add(new Row());
        groups.add(group);
    }

    /** An alternative, about the same thing as the one above it. */
    public void addAlternative(int group) {
        Group to = groups.get(group);
        Row row = new Row();
        if (!to.rows.isEmpty()) {
            Row above = to.rows.get(to.rows.size() - 1);
            row.category = above.category;
            row.field = above.field;
            row.form = above.form;
        }
        to.rows.add(row);
    }

    /** With the last alternative its rule goes too; one rule is always there to type in. */
    public void remove(int group, int row) {
        groups.get(group).rows.remove(row);
        if (groups.get(group).rows.isEmpty()) {
            groups.remove(group);
        }
        if (groups.isEmpty()) {
            addRule();
        }
    }

    /** After something was chosen or typed. What is wrong is named once it has been asked for. What messages are about, if no rule names it any more, is the rules' to say again. */
    public void settle(FieldCatalogue catalogue) {
        groups.forEach(g -> g.rows.forEach(r -> r.settle(catalogue)));
        if (groups.stream().allMatch(g -> g.rows.stream().noneMatch(r -> categoryOf(r.field).equals(target)))) {
            target = null;
        }
        if (judged) {
            judge(catalogue);
        } else {
            clear();
        }
    }

    /** Names what is wrong at its place, from now on. */
    public List<Invalid> judge(FieldCatalogue catalogue) {
        judged = true;
        clear();
        List<Invalid> wrong = Judge.of(audience(), catalogue);
        wrong.forEach(this::refuse);
        return wrong;
    }

    /** Shows a refusal at its place, such as {@code groups[0][1].value}; one that has none above all rules. */
    public void refuse(Invalid refusal) {
        Matcher place = PLACE.matcher(Objects.toString(refusal.field(), ""));
        Problem found = new Problem("", refusal.key(), refusal.arguments().stream().map(String::valueOf).toList());
        if (place.matches() && Integer.parseInt(place.group(1)) < groups.size()) {
            Group group = groups.get(Integer.parseInt(place.group(1)));
            if (place.group(2) != null && Integer.parseInt(place.group(2)) < group.rows.size()) {
                group.rows.get(Integer.parseInt(place.group(2))).problem = new Problem(Objects.toString(place.group(3), "field"), found.key(), found.arguments());
            } else {
                group.problem = found;
            }
        } else {
            problem = found;
        }
    }

    private void clear() {
        problem = null;
        groups.forEach(g -> {
            g.problem = null;
            g.rows.forEach(r -> r.problem = null);
        });
    }

    static String form(Operator operator, Kind kind) { return operator.code() + " " + kind; }

    static String categoryOf(String field) { return field.contains(".") ? field.substring(0, field.indexOf('.')) : ""; }

    /** Of one category; the shop's own after ours. */
    static List<Field> fields(FieldCatalogue catalogue, String category) {
        Map<Boolean, List<Field>> parts = new HashMap<>(Map.of(true, new ArrayList<>(), false, new ArrayList<>()));
        catalogue.asked().stream().filter(f -> categoryOf(f.code()).equals(category)).forEach(f -> parts.get(f.code().contains(".meta_")).add(f));
        parts.get(false).addAll(parts.get(true));
        return parts.get(false);
    }

    public List<Group> getGroups() { return groups; }
    public Problem getProblem() { return problem; }
    public boolean isOnly() { return groups.size() == 1 && groups.get(0).rows.size() == 1; }
}
