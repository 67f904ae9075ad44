package org.carillon.web.message;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.Set;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.MessageDesk;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.report.MessageCard;
import org.carillon.report.MessageCard.Story;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Texts;
import org.eclipse.microprofile.config.ConfigProvider;

/** One message: what it said, to whom, and everything that came of it. */
@Named("messageView") @RequestScoped
public class ViewPage {

    @Inject private MessageCard cards;
    @Inject private Current current;
    @Inject private Texts texts;
    @Inject private ApplicationClock clock;
    @Inject private MessageDesk desk;
    @Inject private Notices notices;
    /** Codes of HTTP providers that say why a message was not delivered. */
    private static final Set<String> KNOWN = Set.of("21610", "30003", "30004", "30005", "30006", "30007", "30008", "30036");

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

    /** Whether a person can still decide about it. */
    public boolean isStoppable() { return getStory().card().live() && current.getRole().seesCustomers(); }

    public void stop() {
        try {
            notices.done("message", "view.stopped." + desk.stop(current.person().orElseThrow(), Pages.number(id)));
        } catch (Invalid refusal) {
            notices.refuse("act", refusal);
        }
        story = null;
    }

    /** What is said where no receipt is there. */
    public String getWithoutReceipt() {
        MessageCard.Card card = getStory().card();
        Duration window = Deadlines.from(ConfigProvider.getConfig()).receipts();
        if (!"SMS".equals(card.channel())) {
            return texts.say("message", "view.receipts.mail");
        }
        return card.unreceipted(clock.now(), window) ? texts.say("message", "view.receipts.over", window.toHours()) : texts.say("message", "view.receipts.none");
    }

    /** A provider's code, with words where we know it. */
    public String code(String code) {
        String told = texts.say("message", "view.code", code);
        return KNOWN.contains(code) ? told + texts.say("message", "view.colon") + texts.say("message", "code." + code) : told;
    }

    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
}
