package org.carillon.web.order;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.report.LeadCard;
import org.carillon.report.OrderCard;
import org.carillon.report.OrderCard.Card;
import org.carillon.report.OrderFeed;
import org.carillon.report.OrderFeed.Item;
import org.carillon.repair.OrderDesk;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;

/** One work order: its feed, its facts, a new status or due date. */
@Named("orderView") @ViewScoped
public class ViewPage implements Serializable {

    @Inject private OrderCard cards;
    @Inject private LeadCard leads;
    @Inject private OrderFeed feeds;
    @Inject private FeedLines lines;
    @Inject private WhyLines whys;
    @Inject private OrderDesk desk;
    @Inject private ApplicationClock clock;
    @Inject private Current current;
    @Inject private Notices notices;
    private String id;
    private String show = "all";
    private LocalDate dueDate;
    private LocalTime dueTime;

    private transient Card card;
    private transient List<Item> feed;

    /** Called on GET only. */
    public void open() {
        if (getCard() == null) {
            Pages.notFound();
        } else if (card.dueLocal() != null) {
            dueDate = card.dueLocal().toLocalDate();
            dueTime = card.dueLocal().toLocalTime();
        }
    }

    /** Null for an order that is not there, or not there for this person. */
    public Card getCard() {
        if (card == null && Pages.number(id) != null) {
            card = cards.find(current.getScope(), Pages.number(id)).orElse(null);
        }
        return card;
    }

    /** The lead that it came of, null where there is none. */
    public LeadCard.Origin getOrigin() { return leads.ofOrder(current.getScope(), getCard().id()).orElse(null); }

    private List<Item> feed() {
        if (feed == null) {
            feed = feeds.read(current.getScope(), getCard().id());
        }
        return feed;
    }

    public List<FeedLine> getLines() {
        List<Item> shown = "messages".equals(show) ? feed().stream().filter(item -> !(item instanceof OrderFeed.Happened)).toList() : feed();
        return lines.of(shown, getCard().zone(), getCard().customer());
    }

    /** Whether the page tells why each notification was sent or not, instead of the feed. */
    public boolean isWhy() { return "why".equals(show); }

    public List<WhyLine> getWhys() { return isWhy() ? whys.ofOrder(getCard().id()) : List.of(); }

    /** Forgets what was read: the bean lives as long as the view, and every look must be a fresh one. */
    public void lookAgain() {
        card = null;
        feed = null;
    }

    /** Whether the feed will change by itself soon, so that the page looks again. */
    public boolean isMoving() { return OrderFeed.isMoving(feed(), clock.now()); }

    public boolean isLate() { return card.dueAt() != null && card.dueAt().isBefore(clock.now()) && "OPEN".equals(card.group()); }

    /** The statuses that the order can be given now. */
    public List<OrderCard.Step> getSteps() {
        return getCard() == null ? List.of() : cards.steps(card.locationId()).stream().filter(step -> !step.code().equals(card.status())).toList();
    }

    public void move(String status) {
        act(() -> {
            desk.changeStatus(current.getScope(), getCard().id(), status, actor());
            notices.doneThen("order", "view.moved", getSteps().stream().filter(s -> s.code().equals(status)).map(s -> s.name().in(current.getLanguage())).findFirst().orElse(status));
        });
    }

    public void reschedule() {
        if (dueDate == null || dueTime == null) {
            notices.refuse("due", new Invalid(dueDate == null ? "dueDate" : "dueTime", "required"));
            return;
        }
        change(LocalDateTime.of(dueDate, dueTime));
    }

    public void clearDue() { change(null); }

    private void change(LocalDateTime due) {
        act(() -> {
            OrderDesk.Outcome outcome = desk.changeDue(current.getScope(), getCard().id(), due, actor());
            notices.doneThen("order", due == null ? "view.cleared" : "view.rescheduled");
            outcome.warnings().forEach(notices::warnThen);
        });
    }

    private void act(Runnable deed) {
        try {
            deed.run();
            Pages.go("/order/view.xhtml", Map.of("id", id));
        } catch (Invalid refusal) {
            notices.refuse("due", refusal);
        }
    }

    private Actor actor() { return current.actor(); }

    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
    public String getShow() { return show; }
    public void setShow(String show) { this.show = show; }
    public LocalDate getDueDate() { return dueDate; }
    public void setDueDate(LocalDate dueDate) { this.dueDate = dueDate; }
    public LocalTime getDueTime() { return dueTime; }
    public void setDueTime(LocalTime dueTime) { this.dueTime = dueTime; }
}
