package org.carillon.web.message;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.carillon.report.MessageCard;
import org.carillon.report.MessageCard.Story;
import org.carillon.web.Current;
import org.carillon.web.Pages;

/** One message: what it said, to whom, and everything that came of it. */
@Named("messageView") @RequestScoped
public class ViewPage {

    @Inject private MessageCard cards;
    @Inject private Current current;
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

    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
}
