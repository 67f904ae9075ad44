package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.carillon.template.TemplateText.Kind;
import org.carillon.template.TemplateText.Part.Literal;
import org.carillon.template.TemplateText.Part.Placeholder;
import org.carillon.template.TemplateText.Problem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTextTest {

    private static final Set<String> KNOWN = Set.of("customer.name", "customer.first_name", "company.name", "order.reference", "order.due_at_date", "store.name");

    @Test @DisplayName("KI-12: with or without spaces, the same field")
    void readsPlaceholders() {
        assertEquals(List.of(new Literal("Bonjour "), new Placeholder("customer.name", null), new Literal(", "), new Placeholder("customer.name", null)),
            TemplateText.parse("Bonjour {customer.name}, { customer.name }").parts());
        assertEquals(List.of("customer.name", "company.name"), TemplateText.parse("{customer.name}{company.name}{ customer.name }").fields());
    }

    @Test @DisplayName("KI-13: a fallback follows the bar")
    void readsFallbacks() {
        assertEquals(List.of(new Placeholder("customer.name", "cher client")), TemplateText.parse("{ customer.name | cher client }").parts());
        assertEquals(List.of(new Placeholder("customer.name", "a|b")), TemplateText.parse("{customer.name|a|b}").parts());
        assertEquals(List.of(new Placeholder("customer.name", "")), TemplateText.parse("{customer.name|}").parts());
    }

    @Test
    void aDoubledBraceIsABrace() {
        TemplateText text = TemplateText.parse("{{x}} {{ {customer.name}}}");
        assertEquals(List.of(new Literal("{x} { "), new Placeholder("customer.name", null), new Literal("}")), text.parts());
        assertEquals(List.of(), text.lint(KNOWN));
        assertEquals(List.of(new Problem(Kind.DOUBLED_BRACES, "{ customer.name }", "customer.name")), TemplateText.parse("{{ customer.name }}").lint(KNOWN));
        assertFalse(TemplateText.parse("{{customer.name}}").lint(KNOWN).get(0).refused());
    }

    @ParameterizedTest(name = "P-01: {0} -> {1} {2}, nearest {3}") @CsvSource(delimiter = ';', textBlock = """
        {store_nmae};                                UNKNOWN_FIELD;  store_nmae;          store.name
        {custmer.name};                              UNKNOWN_FIELD;  custmer.name;        customer.name
        {Customer.Name};                             UNKNOWN_FIELD;  Customer.Name;       customer.name
        {order.referense | -};                       UNKNOWN_FIELD;  order.referense;     order.reference
        {};                                          UNKNOWN_FIELD;  {};                  ''
        {customer.name;                              UNCLOSED_BRACE; {customer.name;      ''
        {customer.name et {order.reference};         UNCLOSED_BRACE; {customer.name et {o; ''
        a { b;                                       UNCLOSED_BRACE; { b;                 ''
        {customer.name | write your fallback value}; PROMPT_LEFT;    write your fallback value; ''
        {customer.name | Write your fallback value }; PROMPT_LEFT;   Write your fallback value; ''
        {customer.name | Écrivez votre valeur de repli}; PROMPT_LEFT; Écrivez votre valeur de repli; ''
        Votre [...] est ici;                         BLANK_LEFT;     [...];               ''
        Votre […] est ici;                           BLANK_LEFT;     […];                 ''
        {customer.name | [...]};                     BLANK_LEFT;     [...];               ''
        """)
    void refusesByName(String source, Kind kind, String found, String nearest) {
        Problem problem = TemplateText.parse(source).lint(KNOWN).get(0);
        assertEquals(new Problem(kind, problem.found(), nearest), problem);
        assertTrue(problem.found().startsWith(found), problem.found());
        assertTrue(problem.refused());
    }

    @ParameterizedTest(name = "A-36: what the editor’s own button writes is refused where it was left standing, {0}") @ValueSource(strings = {"fr", "en"})
    void knowsItsOwnPrompt(String language) {
        String prompt = ResourceBundle.getBundle("i18n.template", Locale.forLanguageTag(language), ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)).getString("editor.fallback.text");
        assertEquals(List.of(new Problem(Kind.PROMPT_LEFT, prompt, "")), TemplateText.parse("{ customer.name | " + prompt + " }").lint(KNOWN));
    }

    @Test @DisplayName("KI-14: other bracketed text is a warning")
    void warnsOfBrackets() {
        List<Problem> problems = TemplateText.parse("Chez [MARQUE] nous [vous] attendons").lint(KNOWN);
        assertEquals(List.of(new Problem(Kind.BRACKETS, "[MARQUE]", ""), new Problem(Kind.BRACKETS, "[vous]", "")), problems);
        assertFalse(problems.stream().anyMatch(Problem::refused));
    }

    @Test
    void aPlaceholderDoesNotRunOverTheEndOfItsLine() {
        List<Problem> problems = TemplateText.parse("{customer.name\nA bientot {company.name}").lint(KNOWN);
        assertEquals(List.of(Kind.UNCLOSED_BRACE), problems.stream().map(Problem::kind).toList());
    }

    @ParameterizedTest @ValueSource(strings = {"", "Votre auto est prête.", "}", "a } b", "{customer.name}", "[]", "Total : 12 $ (taxes en sus)", "{{}}"})
    void hasNothingToSayOfAGoodText(String source) { assertEquals(List.of(), TemplateText.parse(source).lint(KNOWN)); }
}
