package org.carillon.web.open;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Map;
import org.carillon.conversation.UnsubscribeDesk;
import org.carillon.conversation.UnsubscribeDesk.Sent;
import org.carillon.shop.Guesses;
import org.carillon.web.Entrance;
import org.carillon.web.Language;
import org.carillon.web.Pages;

/** Behind the link of an offer: stops offers or all e-mails by a press on a button, never by being looked at, and takes it back (LAW-17). */
@Named("openUnsubscribe") @ViewScoped
public class UnsubscribePage implements Serializable {

    private static final String PATH = "/open/unsubscribe.xhtml";
    private static final int TOO_MANY = 429;

    @Inject private UnsubscribeDesk desk;
    @Inject private Guesses guesses;
    @Inject private Entrance entrance;
    private String token;
    private String language;
    private transient Sent sent;

    /** In the language of whoever got the letter; what is no token of ours looks the same for all (SEC-28). */
    public void open() {
        if (getSent() == null && guesses.tooMany(entrance.address())) {
            FacesContext.getCurrentInstance().getExternalContext().setResponseStatus(TOO_MANY);  // the page says the same
        } else if (getSent() != null && !Language.ALL.contains(String.valueOf(language))) {
            Pages.go(PATH, Map.of("t", token, "l", getSent().language()));
        }
    }

    public void stopOffers() { stop(false); }

    public void stopAll() { stop(true); }

    private void stop(boolean all) {
        desk.stop(token, all);
        again();
    }

    public void restart() {
        desk.restart(token);
        again();
    }

    private void again() { Pages.go(PATH, Map.of("t", String.valueOf(token), "l", getSent() == null ? String.valueOf(language) : getSent().language())); }

    /** Null where the link is not good, or not any more. */
    public Sent getSent() {
        if (sent == null && token != null) {
            sent = desk.find(token).orElse(null);
        }
        return sent;
    }

    /** NONE, OFFERS, ALL, or BOUNCED where somebody else than the person stopped it. */
    public String getState() {
        Sent letter = getSent();
        return letter.stopped() == null ? "NONE" : !letter.theirs() ? "BOUNCED" : "ALL".equals(letter.stopped()) ? "ALL" : "OFFERS";
    }

    public String getToken() { return token; }
    public void setToken(String token) { this.token = token; }
    public String getLanguage() { return language; }
    public void setLanguage(String language) { this.language = language; }
}
