package org.carillon.web.audience;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.carillon.audience.Audience;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.Comparison;
import org.carillon.audience.Explanation;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.report.CustomerList;
import org.carillon.report.CustomerList.Pick;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Notices;
import org.carillon.web.Texts;

/** Why one customer is meant by rules, or is not (law 5): each rule with its answer and what its field says. */
@Named("audienceWhy") @ViewScoped
public class WhyPanel implements Serializable {

    /**
     * @param actual    what the field says, in words; empty where that adds nothing
     * @param elsewhere what is at locations that the reader may not see counted too
     */
    public record Line(boolean yes, Sentence rule, String actual, boolean elsewhere) implements Serializable { }

    /** A numbered rule: it holds where any of its lines does. */
    public record Rule(boolean yes, List<Line> lines) implements Serializable { }

    @Inject private CountCard card;
    @Inject private AudienceDesk desk;
    @Inject private CustomerList customers;
    @Inject private FieldCatalogue catalogue;
    @Inject private RuleWords words;
    @Inject private Current current;
    @Inject private Moments moments;
    @Inject private Texts texts;
    @Inject private Notices notices;
    private Pick customer;
    private boolean matched;
    private boolean silent;
    private List<Rule> rules = List.of();

    public List<Pick> suggest(String typed) { return customers.suggest(current.getScope(), typed); }

    public void ask() {
        rules = List.of();
        if (customer != null) {
            notices.attempt("why", () -> answer(card.asked()));
        }
    }

    private void answer(Audience audience) {
        Explanation explanation = card.at() == null ? desk.explain(card.scope(), current.getScope(), audience, customer.id())
            : desk.explain(card.scope(), current.getScope(), audience, customer.id(), card.at());
        FieldCatalogue fields = catalogue.now();
        matched = explanation.matched();
        silent = explanation.silent() && !card.standing();
        List<Rule> found = new ArrayList<>();
        for (int g = 0; g < audience.groups().size(); g++) {
            List<Line> lines = new ArrayList<>();
            for (int c = 0; c < audience.groups().get(g).size(); c++) {
                Comparison comparison = audience.groups().get(g).get(c);
                Explanation.Answer answer = explanation.groups().get(g).get(c);
                lines.add(new Line(answer.answer(), words.rule(comparison), said(fields.asked(comparison.field()), answer.actual()), answer.elsewhere()));
            }
            found.add(new Rule(lines.stream().anyMatch(Line::yes), lines));
        }
        rules = found;
    }

    private String said(Field field, String actual) {
        if (field.asked() instanceof org.carillon.fact.Asked.Membership) {
            return "";
        }
        return actual.isBlank() ? texts.say("audience", "why.nothing") : switch (field.type()) {
            case INSTANT -> Arrays.stream(actual.split(", ")).map(OffsetDateTime::parse).map(at -> moments.at(at.toInstant(), at.getOffset())).collect(Collectors.joining(" ; "));
            case DATE -> Arrays.stream(actual.split(", ")).map(LocalDate::parse).map(moments::day).collect(Collectors.joining(" ; "));
            case COUNT, MONEY, NUMBER -> Arrays.stream(actual.split(", ")).map(BigDecimal::new).map(NumberFormat.getNumberInstance(current.getLocale())::format).collect(Collectors.joining(" ; "));
            default -> words.value(field.code(), actual).orElseGet(() -> {
                String key = "value." + field.code() + "." + actual.toUpperCase(Locale.ROOT);
                return texts.has("audience", key) ? texts.say("audience", key) : actual;
            });
        };
    }

    public Pick getCustomer() { return customer; }
    public void setCustomer(Pick customer) { this.customer = customer; }
    public boolean isMatched() { return matched; }
    public boolean isSilent() { return silent; }
    public List<Rule> getRules() { return rules; }
}
