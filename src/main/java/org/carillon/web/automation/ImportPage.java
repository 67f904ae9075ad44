package org.carillon.web.automation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceAutomations;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.AutomationReader;
import org.carillon.fact.Invalid;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;

/** Takes an automation that was saved as a file, here or in another shop, as a new draft (B-45). What was given stays on the page until it is read whole. */
@Named("automationImport") @RequestScoped
public class ImportPage {

    /** Where the automation is for: as the text says, everywhere, or one location by its number. */
    private static final String AS_GIVEN = "";
    private static final String EVERYWHERE = "*";
    private static final Set<String> PLACES = Set.of("location", "locations");

    /** @param path of the property, empty where the whole text is meant */
    public record Wrong(String path, String words) { }

    @Inject private AutomationReader reader;
    @Inject private AudienceAutomations desk;
    @Inject private Current current;
    @Inject private Notices notices;
    private String text = "";
    private String place = AS_GIVEN;
    private List<Wrong> wrong = List.of();

    public void take() {
        List<Invalid> refusals = new ArrayList<>();
        AudienceDraft draft = reader.read(current.getScope(), text == null ? "" : text, refusals::add);
        wrong = refusals.stream().filter(refusal -> place.equals(AS_GIVEN) || !PLACES.contains(String.valueOf(refusal.field()))).map(this::told).toList();
        if (!wrong.isEmpty()) {
            return;
        }
        try {
            AudienceAutomation saved = desk.save(current.getScope(), placed(draft), current.actor());
            int missing = desk.wrong(saved.draft()).size();
            notices.doneThen("automation", missing == 0 ? "import.done" : "import.done.missing", saved.name(), missing);
            Pages.go("/automation/edit.xhtml", Map.of("id", saved.id()));
        } catch (Invalid refusal) {
            wrong = List.of(told(refusal));
        }
    }

    private AudienceDraft placed(AudienceDraft d) {
        Long location = Pages.number(place);
        return place.equals(AS_GIVEN) ? d : new AudienceDraft(null, null, d.name(), d.kind(), d.audience(), d.schedule(), place.equals(EVERYWHERE), location == null ? Set.of() : Set.of(location),
            d.channels(), d.marketing(), d.translations(), d.dropPastMidnight());
    }

    private Wrong told(Invalid refusal) { return new Wrong(refusal.field() == null ? "" : refusal.field(), notices.say(refusal)); }

    public List<Wrong> getWrong() { return wrong; }
    public String getText() { return text; }
    public void setText(String text) { this.text = text; }
    public String getPlace() { return place; }
    public void setPlace(String place) { this.place = place == null ? AS_GIVEN : place; }
}
