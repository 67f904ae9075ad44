package org.carillon.web.appointment;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.carillon.booking.AppointmentDesk;
import org.carillon.booking.AppointmentStatus;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.report.AppointmentCard;
import org.carillon.report.AppointmentCard.Card;
import org.carillon.report.OrderFeed;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.order.FeedLine;
import org.carillon.web.order.FeedLines;
import org.carillon.web.order.WhyLine;
import org.carillon.web.order.WhyLines;

/** One appointment: its feed, its facts, and what may become of it. */
@Named("appointmentView") @ViewScoped
public class ViewPage implements Serializable {

    @Inject private AppointmentCard cards;
    @Inject private OrderFeed feeds;
    @Inject private FeedLines lines;
    @Inject private WhyLines whys;
    @Inject private AppointmentDesk desk;
    @Inject private ApplicationClock clock;
    @Inject private Current current;
    @Inject private Notices notices;
    private String id;
    private String show = "all";
    private transient Card card;

    /** Called on GET only. */
    public void open() {
        if (getCard() == null) {
            Pages.notFound();
        }
    }

    /** Null for an appointment that is not there, or not there for this person. */
    public Card getCard() {
        if (card == null && Pages.number(id) != null) {
            card = cards.find(current.getScope(), Pages.number(id)).orElse(null);
        }
        return card;
    }

    public List<FeedLine> getLines() { return lines.of(feeds.readAppointment(current.getScope(), getCard().id()), getCard().zone(), getCard().customer()); }

    /** Whether the page tells why each message was sent or not, instead of the feed. */
    public boolean isWhy() { return "why".equals(show); }

    public List<WhyLine> getWhys() { return isWhy() ? whys.ofAppointment(getCard().id()) : List.of(); }

    /** Whether a person may take it there now; nobody is missed before the time has come. */
    public boolean may(String next) {
        return getCard() != null && AppointmentStatus.valueOf(card.status()).next().contains(AppointmentStatus.valueOf(next))
            && !("MISSED".equals(next) && card.startAt().isAfter(clock.now()));
    }

    public boolean isLive() { return getCard() != null && AppointmentStatus.valueOf(card.status()).live(); }

    public void confirm() { become(() -> desk.confirm(current.getScope(), getCard().id(), current.actor())); }

    public void cancel() { become(() -> desk.cancel(current.getScope(), getCard().id(), current.actor())); }

    public void miss() { become(() -> desk.miss(current.getScope(), getCard().id(), current.actor())); }

    public void done() { become(() -> desk.done(current.getScope(), getCard().id(), current.actor())); }

    public void revive() { become(() -> desk.revive(current.getScope(), getCard().id(), current.actor())); }

    private void become(Runnable deed) {
        try {
            deed.run();
            notices.doneThen("appointment", "view.changed");
            Pages.go("/appointment/view.xhtml", Map.of("id", id));
        } catch (Invalid refusal) {
            notices.refuse("head", refusal);
        }
    }

    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
    public String getShow() { return show; }
    public void setShow(String show) { this.show = show; }
}
