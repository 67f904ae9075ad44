package org.carillon.automation;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.carillon.audience.Audience;
import org.carillon.fact.Channel;
import org.carillon.template.Renderer;
import org.carillon.template.Rendering;
import org.carillon.template.TemplateText;

/**
 * A ready automation of the library (KI-48 to KI-52): whom it is for, when it goes, and texts to choose from. Using it makes a draft; nothing of it is
 * sent before somebody activates that.
 *
 * @param dropPastMidnight a text that says "today" or "tomorrow" is not sent on another day
 * @param byReference      who answers replies is the adviser whom the object names (KI-27)
 * @param emotion          replies are sorted by their mood (KI-22)
 * @param names            by language, as the automation is called at first
 * @param about            by language, what it is good for in a sentence
 * @param audiences        one for each shop system that needs its own; the first one is offered first
 */
public record Recipe(String code, Stage stage, Kind kind, boolean marketing, boolean dropPastMidnight, boolean byReference, boolean emotion, Schedule schedule, Map<String, String> names,
                     Map<String, String> about, List<Variant> audiences, List<Message> messages) {

    /** Where the customer stands, in the order of the page. */
    public enum Stage { ARRIVED, DEPARTURE, SATISFACTION, RETARGETING, APPOINTMENTS, SALES }

    /** Where what the rules ask comes from: any shop has it, a shop system brings it, or it is kept in Carillon itself. */
    public enum ShopSystem { ANY, REYNOLDS, CDK, PBS, OWN }

    /** Whom it is for, in the codes of these shop systems. */
    public record Variant(String code, List<ShopSystem> systems, Audience audience) { }

    /** A word that answers the text, in each language: both mean the same answer. */
    public record Keyword(String fr, String en) implements Serializable {
        public String in(String language) { return language.equals("fr") ? fr : en; }
    }

    /** A text to choose, by language; {@code [...]} is for the author to fill. */
    public record Message(Map<String, String> texts, List<Keyword> keywords) {

        /** As an SMS with values by field; as it stands where one is missing. */
        public String said(String language, Map<String, ?> values) {
            Rendering said = Renderer.render(TemplateText.parse(texts.get(language)), values, language, "CA", Channel.SMS, 0);
            return said instanceof Rendering.Rendered text ? text.text() : texts.get(language);
        }
    }

    public Recipe {
        names = Map.copyOf(names);
        about = Map.copyOf(about);
        audiences = List.copyOf(audiences);
        messages = List.copyOf(messages);
    }

    /** Those that it is offered for (KI-41); empty where any shop can use it. */
    public List<ShopSystem> systems() { return audiences.stream().flatMap(v -> v.systems().stream()).filter(system -> system != ShopSystem.ANY).distinct().sorted().toList(); }

    /** Whether a shop that keeps its own books has to do without it. */
    public boolean needsASystem() { return !systems().isEmpty() && !systems().contains(ShopSystem.OWN); }

    public Variant variant(String code) { return audiences.stream().filter(v -> v.code().equals(code)).findFirst().orElse(audiences.get(0)); }
}
