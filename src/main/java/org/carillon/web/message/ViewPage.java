package org.carillon.web.message;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.report.MessageCard;
import org.carillon.report.MessageCard.Attempt;
import org.carillon.report.MessageCard.Story;
import org.carillon.web.Current;
import org.carillon.web.Pages;
import org.carillon.web.Texts;

/** One message: what it said, to whom, and everything that came of it. */
@Named("messageView") @RequestScoped
public class ViewPage {

    @Inject private MessageCard cards;
    @Inject private Current current;
    @Inject private Texts texts;
    private String id;
    private Story story;

    public void open() {
        if (getStory() == null) {
            Pages.notFound();
        }
    }

    /** Null for a message that is not there, or not there for this person. */
    public Story getStory() {
        if (story == null && Pages.number(id) != null) {
            story = cards.find(current.getScope(), Pages.number(id)).orElse(null);
        }
        return story;
    }

    /** A provider's code with its meaning where we know it: « 0x0000000B, numéro de destinataire invalide ». */
    public String code(String code) {
        if (code == null || code.isEmpty()) {
            return "";
        }
        return texts.has("state", "code." + code) ? code + ", " + texts.say("state", "code." + code) : code;
    }

    /** Code, provider's number and note of an attempt, in one line. */
    public String outcome(Attempt attempt) {
        String number = attempt.providerId() == null || attempt.providerId().isEmpty() ? "" : texts.say("message", "view.providerId", attempt.providerId());
        return Stream.of(code(attempt.code()), number, Details.say(current.getLocale(), attempt.detail())).filter(s -> !s.isEmpty()).collect(Collectors.joining(" · "));
    }

    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
}
