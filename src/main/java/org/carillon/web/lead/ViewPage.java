package org.carillon.web.lead;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.repair.LeadDesk;
import org.carillon.report.LeadCard;
import org.carillon.report.LeadCard.Card;
import org.carillon.report.OrderCard;
import org.carillon.report.OrderFeed;
import org.carillon.report.OrderFeed.Item;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.order.FeedLine;
import org.carillon.web.order.FeedLines;
import org.carillon.web.order.WhyLine;
import org.carillon.web.order.WhyLines;

/** One lead: its feed, its facts, a new status, and the way to its order. */
@Named("leadView") @ViewScoped
public class ViewPage implements Serializable {

    @Inject private LeadCard cards;
    @Inject private OrderFeed feeds;
    @Inject private FeedLines lines;
    @Inject private WhyLines whys;
    @Inject private LeadDesk desk;
    @Inject private ApplicationClock clock;
    @Inject private Current current;
    @Inject private Notices notices;
    private String id;
    private String show = "all";
    private transient Card card;
    private transient List<Item> feed;

    /** Called on GET only. */
    public void open() {
        if (getCard() == null) {
            Pages.notFound();
        }
    }

    /** Null for a lead that is not there, or not there for this person. */
    public Card getCard() {
        if (card == null && Pages.number(id) != null) {
            card = cards.find(current.getScope(), Pages.number(id)).orElse(null);
        }
        return card;
    }

    private List<Item> feed() {
        if (feed == null) {
            feed = feeds.readLead(current.getScope(), getCard().id());
        }
        return feed;
    }

    public List<FeedLine> getLines() { return lines.of(feed(), getCard().zone(), getCard().customer()); }

    /** Whether the page tells why each notification was sent or not, instead of the feed. */
    public boolean isWhy() { return "why".equals(show); }

    public List<WhyLine> getWhys() { return isWhy() ? whys.ofLead(getCard().id()) : List.of(); }

    /** Forgets what was read: the bean lives as long as the view, and every look must be a fresh one. */
    public void lookAgain() {
        card = null;
        feed = null;
    }

    /** Whether the feed will change by itself soon, so that the page looks again. */
    public boolean isMoving() { return OrderFeed.isMoving(feed(), clock.now()); }

    /** The statuses that the lead can be given now. */
    public List<OrderCard.Step> getSteps() {
        return getCard() == null ? List.of() : cards.steps().stream().filter(step -> !step.code().equals(card.status())).toList();
    }

    public void move(String status) {
        try {
            desk.changeStatus(current.getScope(), getCard().id(), status, current.actor());
            notices.doneThen("lead", "view.moved", getSteps().stream().filter(s -> s.code().equals(status)).map(s -> s.name().in(current.getLanguage())).findFirst().orElse(status));
            Pages.go("/lead/view.xhtml", Map.of("id", id));
        } catch (Invalid refusal) {
            notices.refuse("head", refusal);
        }
    }

    public String getId() { return id; }
    public String getShow() { return show; }
    public void setShow(String show) { this.show = show; }
    public void setId(String id) { this.id = id; }
}
