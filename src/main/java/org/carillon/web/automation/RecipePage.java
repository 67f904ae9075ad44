package org.carillon.web.automation;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.audience.Value;
import org.carillon.automation.AudienceAutomations;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.Library;
import org.carillon.automation.Recipe;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.shop.Scope;
import org.carillon.template.Translation;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Texts;

/** One ready automation: its rules in words, its texts to choose from, and the way to a draft of one's own (KI-49 to KI-51). */
@Named("automationRecipe") @ViewScoped
public class RecipePage implements Serializable {

    private static final List<String> SAMPLES = List.of("customer.name", "company.name", "customer.meta_vehicle_make", "customer.meta_vehicle_model", "customer.vehicle", "referenced_user.name");

    @Inject private Library library;
    @Inject private AudienceAutomations desk;
    @Inject private ApplicationClock clock;
    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private Texts texts;
    private String code;
    private String variant;
    private int chosen;
    private String name;
    private transient Recipe recipe;

    /** Called on GET only. */
    public void open() {
        if (getRecipe() == null) {
            Pages.notFound();
            return;
        }
        variant = recipe.audiences().get(0).code();
        name = recipe.names().get(current.getLanguage());
    }

    /** Null where there is no such recipe. */
    public Recipe getRecipe() {
        if (recipe == null && code != null) {
            recipe = library.recipe(code).orElse(null);
        }
        return recipe;
    }

    public Recipe.Variant getRules() { return recipe().variant(variant); }

    /** What a rule set is for, in words. */
    public String systems(Recipe.Variant variant) { return variant.systems().stream().map(system -> texts.say("automation", "system." + system)).collect(Collectors.joining(", ")); }

    /** Numbers of the texts to choose from. */
    public List<Integer> getChoices() { return IntStream.range(0, recipe().messages().size()).boxed().toList(); }

    /** As a customer would read it, with invented names. */
    public String sample(int number) { return recipe().messages().get(number).said(current.getLanguage(), values()); }

    private Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>(SAMPLES.stream().collect(Collectors.toMap(f -> f, f -> texts.say("automation", "sample." + f))));
        LocalDate tomorrow = clock.now().atZone(current.getZone()).toLocalDate().plusDays(recipe().dropPastMidnight() ? 1 : 9);
        values.put("appointment.start_at_date", tomorrow);
        values.put("appointment.start_at_time", LocalTime.of(9, 30));
        return values;
    }

    /** Whether a rule waits for a word of the author's. */
    public boolean isUnfinished() { return getRules().audience().comparisons().anyMatch(c -> c.value() instanceof Value.Text t && t.text().isEmpty()); }

    public void use() {
        notices.attempt("form", () -> {
            Map<String, Translation> translations = new LinkedHashMap<>();
            recipe().messages().get(chosen).texts().forEach((language, text) -> translations.put(language, Translation.of(text, "", "")));
            Scope scope = current.getScope();
            Set<Long> locations = current.getLocationId() != null ? Set.of(current.getLocationId()) : scope.all() ? Set.of() : Set.of(scope.ids());
            long id = desk.save(scope, new AudienceDraft(null, null, name, recipe().kind(), getRules().audience(), recipe().schedule(), locations.isEmpty(), locations, Set.of(Channel.SMS),
                recipe().marketing(), translations, recipe().dropPastMidnight()), current.actor()).id();
            notices.doneThen("automation", "recipe.used");
            Pages.go("/automation/edit.xhtml", Map.of("id", id));
        });
    }

    private Recipe recipe() { return getRecipe(); }

    public String getCode() { return code; }
    public void setCode(String code) { this.code = code; }
    public String getVariant() { return variant; }
    public void setVariant(String variant) { this.variant = variant; }
    public int getChosen() { return chosen; }
    public void setChosen(int chosen) { this.chosen = Math.max(0, Math.min(chosen, recipe().messages().size() - 1)); }
    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
}
