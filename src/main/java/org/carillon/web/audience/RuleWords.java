package org.carillon.web.audience;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.audience.Comparison;
import org.carillon.audience.CustomerGroup;
import org.carillon.audience.CustomerGroups;
import org.carillon.audience.Grammar;
import org.carillon.audience.Operator;
import org.carillon.automation.AutomationNames;
import org.carillon.fact.Attribute;
import org.carillon.fact.Attributes;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.web.Current;
import org.carillon.web.Labels;
import org.carillon.web.Texts;
import org.carillon.web.audience.RuleEditor.Problem;
import org.carillon.web.audience.RuleEditor.Row;

/** What a {@link RuleEditor} offers and says, in the reader's language. Looks the shop's own fields up once a request. */
@Named("ruleWords") @RequestScoped
public class RuleWords implements Names, Labels {

    /** One of a menu. */
    public record Option(String code, String label) { }

    private static final List<String> CATEGORIES = List.of("repair_order_opened", "repair_order_closed", "work_order", "appointment", "sale", "customer", "message_received", "message_sent");
    /** Asked by reference, told by name. */
    private static final String SENDER = "message_sent.automation";
    /** Fields of which every value there is has a name. */
    private static final Map<String, List<String>> VALUES = Map.of("sale.vehicle_condition", List.of("NEW", "USED"),
        "appointment.status", List.of("BOOKED", "CONFIRMED", "RESCHEDULED", "CANCELLED", "MISSED", "DONE"));

    private FieldCatalogue catalogue;
    private Attributes attributes;
    private Texts texts;
    private Current current;
    private CustomerGroups groups;
    private AutomationNames automations;
    private FieldCatalogue fields;
    private Map<String, Attribute> own;
    private Map<String, String> called;
    private Map<String, AutomationNames.Named> senders;

    protected RuleWords() { }

    @Inject
    public RuleWords(FieldCatalogue catalogue, Attributes attributes, Texts texts, Current current, CustomerGroups groups, AutomationNames automations) {
        this.catalogue = catalogue;
        this.attributes = attributes;
        this.texts = texts;
        this.current = current;
        this.groups = groups;
        this.automations = automations;
    }

    private FieldCatalogue fields() {
        if (fields == null) {
            fields = catalogue.now();
        }
        return fields;
    }

    private Map<String, Attribute> own() {
        if (own == null) {
            own = new LinkedHashMap<>();
            for (Attribute.Owner owner : Attribute.Owner.values()) {
                attributes.of(owner).forEach(a -> own.put(owner.name().toLowerCase(Locale.ROOT) + ".meta_" + a.code(), a));
            }
        }
        return own;
    }

    /** Names of the customer groups by reference. */
    private Map<String, String> called() {
        if (called == null) {
            called = new LinkedHashMap<>();
            groups.all().forEach(g -> called.put(g.ref(), g.name()));
        }
        return called;
    }

    /** Automations by reference; of two that had one after the other the one that is there. */
    private Map<String, AutomationNames.Named> senders() {
        if (senders == null) {
            senders = new LinkedHashMap<>();
            automations.all(current.getScope()).forEach(a -> senders.putIfAbsent(a.ref().toLowerCase(Locale.ROOT), a));
        }
        return senders;
    }

    private String called(AutomationNames.Named automation) {
        String name = automation.name().isBlank() ? texts.say("automation", "list.unnamed") : automation.name();
        return automation.deleted() ? texts.say("audience", "sent.deleted", name) : name;
    }

    /** After a choice: the rest of the row follows. */
    public void settle(RuleEditor editor) { editor.settle(fields()); }

    public void remove(RuleEditor editor, int group, int row) {
        editor.remove(group, row);
        settle(editor);
    }

    public void addAlternative(RuleEditor editor, int group) {
        editor.addAlternative(group);
        settle(editor);
    }

    public void addRule(RuleEditor editor) {
        editor.addRule();
        settle(editor);
    }

    /** Whether nothing is wrong; else each thing is named at its place, from now on. */
    public boolean accepts(RuleEditor editor) { return editor.judge(fields()).isEmpty(); }

    /** The same, without a word. */
    public boolean sound(RuleEditor editor) { return org.carillon.audience.Judge.of(editor.audience(), fields()).isEmpty(); }

    public List<Option> categories(Row row) {
        List<String> known = fields().asked().stream().map(f -> RuleEditor.categoryOf(f.code())).distinct().toList();
        Stream<String> ordered = Stream.concat(CATEGORIES.stream().filter(known::contains), known.stream().filter(c -> !CATEGORIES.contains(c)));
        Stream<String> kept = row.getCategory().isEmpty() || known.contains(row.getCategory()) ? Stream.empty() : Stream.of(row.getCategory());
        return Stream.concat(ordered, kept).map(c -> new Option(c, said("category." + c, c))).toList();
    }

    public List<Option> fields(Row row) {
        List<Option> options = new ArrayList<>(RuleEditor.fields(fields(), row.getCategory()).stream().map(f -> new Option(f.code(), label(f.code()))).toList());
        if (!row.getField().isEmpty() && fields().asked(row.getField()) == null && RuleEditor.categoryOf(row.getField()).equals(row.getCategory())) {
            options.add(new Option(row.getField(), texts.say("audience", "removed", own().containsKey(row.getField()) ? label(row.getField()) : row.getField().replaceFirst("^\\w+\\.(meta_)?", ""))));
        }
        return options;
    }

    public List<Option> forms(Row row) {
        Field field = fields().asked(row.getField());
        List<Grammar.Form> forms = field == null ? List.of() : Grammar.of(field);
        return field == null && row.kind() != null ? List.of(form(row.operator(), row.kind())) : forms.stream().map(f -> form(f.operator(), Kind.of(f.value()))).toList();
    }

    private Option form(Operator operator, Kind kind) { return new Option(RuleEditor.form(operator, kind), texts.say("audience", "form." + operator.code() + "." + kind)); }

    /** What may be chosen where every value has a name; empty where it is typed. A value that is none of them stays. */
    public List<Option> choices(Row row) {
        if (row.operator() != Operator.IS && row.operator() != Operator.IS_NOT) {
            return List.of();
        }
        Attribute attribute = own().get(row.getField());
        List<Option> options = SENDER.equals(row.getField()) ? senders().values().stream().filter(a -> !a.deleted()).map(a -> new Option(a.ref(), called(a))).toList()
            : CustomerGroup.FIELD.equals(row.getField()) ? called().entrySet().stream().map(e -> new Option(e.getKey(), e.getValue())).toList() : attribute != null ? attribute.choices().stream().map(c -> new Option(c.code(), c.name(current.getLanguage()))).toList()
            : VALUES.getOrDefault(row.getField(), List.of()).stream().map(v -> new Option(v, said("value." + row.getField() + "." + v, v))).toList();
        boolean kept = options.isEmpty() || row.getText().isBlank() || options.stream().anyMatch(o -> o.code().equals(row.getText()));
        return kept ? options : Stream.concat(options.stream(), Stream.of(new Option(row.getText(), value(row.getField(), row.getText()).orElseGet(
            () -> said("value." + row.getField() + "." + row.getText().toUpperCase(Locale.ROOT), row.getText()))))).toList();
    }

    public boolean counted(Row row) { return row.kind() != null && row.kind().counted(); }

    public boolean valued(Row row) { return row.kind() != null && row.kind() != Kind.NONE; }

    public String unit(Row row) { return counted(row) ? texts.say("audience", "unit." + row.kind()) : ""; }

    /** Of a field, as menus and refusals call it. */
    public String label(String field) { return texts.has("audience", "field." + field) ? texts.say("audience", "field." + field) : field(field).orElse(field); }

    /** A refusal in words; fields by their labels. */
    public String problem(Problem problem) {
        Object[] arguments = problem.arguments().stream().map(a -> fields().asked(a) != null ? label(a) : Arrays.stream(Operator.values()).anyMatch(o -> o.code().equals(a)) ? said("operator." + a, a) : a).toArray();
        return texts.say("invalid", problem.key(), arguments);
    }

    /** Of fields with their category, since there is more than one date. */
    @Override public Optional<String> label(Object argument) {
        if (!(argument instanceof String code) || fields().asked(code) == null) {
            return Arrays.stream(Operator.values()).filter(o -> o.code().equals(argument)).findFirst().map(o -> said("operator." + o.code(), o.code()));
        }
        return Optional.of(said("category." + RuleEditor.categoryOf(code), RuleEditor.categoryOf(code)) + " › " + label(code));
    }

    public Sentence sentence(RuleEditor editor) { return Sentence.of(editor.audience(), current.getLanguage(), this); }

    public Sentence rule(Comparison comparison) { return Sentence.of(comparison, current.getLanguage(), this); }

    private String said(String key, String otherwise) { return texts.has("audience", key) ? texts.say("audience", key) : otherwise; }

    @Override public Optional<String> field(String code) { return Optional.ofNullable(own().get(code)).map(a -> a.name(current.getLanguage())); }

    @Override public Optional<String> value(String field, String value) {
        if (SENDER.equals(field)) {
            return Optional.ofNullable(senders().get(value.strip().toLowerCase(Locale.ROOT))).map(this::called);
        }
        return CustomerGroup.FIELD.equals(field) ? Optional.ofNullable(called().get(value.strip().toLowerCase(Locale.ROOT))) : Optional.ofNullable(own().get(field)).flatMap(a -> a.choices().stream().filter(c -> c.code().equalsIgnoreCase(value)).map(c -> c.name(current.getLanguage())).findFirst());
    }
}
