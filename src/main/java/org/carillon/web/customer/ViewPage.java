package org.carillon.web.customer;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.carillon.audience.CustomerGroup;
import org.carillon.audience.GroupDesk;
import org.carillon.customer.ErasureDesk;
import org.carillon.customer.StopDesk;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.report.AppointmentList;
import org.carillon.report.CustomerCard;
import org.carillon.report.CustomerCard.Card;
import org.carillon.report.InboundList;
import org.carillon.report.LeadList;
import org.carillon.report.MessageLog;
import org.carillon.report.Newest;
import org.carillon.report.OrderList;
import org.carillon.report.SaleList;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Section;

/** One customer: contacts, consent with its history, orders and messages. */
@Named("customerView") @ViewScoped
public class ViewPage implements Serializable {

    private static final int FEW = 8;
    private static final List<String> PURPOSES = List.of("SMS", "EMAIL", "MARKETING");

    @Inject private CustomerCard cards;
    @Inject private OrderList orders;
    @Inject private LeadList leadList;
    @Inject private AppointmentList appointmentList;
    @Inject private SaleList saleList;
    @Inject private MessageLog log;
    @Inject private InboundList inbound;
    @Inject private GroupDesk groupDesk;
    @Inject private StopDesk stops;
    @Inject private ErasureDesk erasures;
    @Inject private Notices notices;
    @Inject private Current current;
    @Inject private ApplicationClock clock;
    private String id;
    private transient Card card;
    private transient List<OrderList.Row> recent;
    private transient List<LeadList.Row> leads;
    private transient List<AppointmentList.Row> appointments;
    private transient List<SaleList.Row> sales;
    private transient List<CustomerGroup> groups;
    private transient List<MessageLog.Row> messages;
    private transient List<InboundList.Row> written;

    public void open() {
        if (getCard() == null) {
            Pages.notFound();
        }
    }

    /** Null for a customer who is not there, or not there for this person. */
    public Card getCard() {
        if (card == null && Pages.number(id) != null) {
            card = cards.find(current.getScope(), Pages.number(id)).orElse(null);
        }
        return card;
    }

    /** Asked while the page is built too, when there is no purpose yet. */
    public boolean accepts(String purpose) {
        return "SMS".equals(purpose) ? getCard().person().smsConsent() : "EMAIL".equals(purpose) ? getCard().person().emailConsent() 
            : getCard().person().marketingConsent() || isImplied();
    }

    /** Whether only the law implies that offers are allowed, until {@code impliedUntil} (LAW-04). */
    public boolean isImplied() {
        return !getCard().person().marketingConsent() && getCard().person().impliedUntil() != null && getCard().person().impliedUntil().isAfter(clock.now());
    }

    /** Somebody said that they wish no more offers; everything else still reaches them. */
    public String noOffers() {
        try {
            stops.noOffers(current.getScope(), getCard().person().id(), current.actor());
            notices.doneThen("customer", "stop.done.OFFERS");
        } catch (Invalid refusal) {
            notices.refuse("stops", refusal);
            return null;
        }
        return "/customer/view?faces-redirect=true&id=" + getCard().person().id();
    }

    public List<String> getPurposes() { return PURPOSES; }

    public List<OrderList.Row> getOrders() {
        if (recent == null) {
            List<OrderList.Row> rows = orders.read(current.getScope(), new Newest.Filter(null, null, null, getCard().person().id(), null)).rows();
            recent = rows.subList(0, Math.min(FEW, rows.size()));
        }
        return recent;
    }

    public List<AppointmentList.Row> getAppointments() {
        if (appointments == null) {
            appointments = appointmentList.of(current.getScope(), getCard().person().id(), FEW);
        }
        return appointments;
    }

    /** The groups that they are in (B-18). */
    public List<CustomerGroup> getGroups() {
        if (groups == null) {
            groups = getCard().person().erasedAt() == null ? groupDesk.of(current.getScope(), getCard().person().id()) : List.of();
        }
        return groups;
    }

    public boolean isGrouping() { return Section.GROUP.admits(current.getRole()); }

    public List<SaleList.Row> getSales() {
        if (sales == null) {
            sales = saleList.of(current.getScope(), getCard().person().id(), FEW);
        }
        return sales;
    }

    /** What they asked for before, and what came of it. */
    public List<LeadList.Row> getLeads() {
        if (leads == null) {
            leads = leadList.read(current.getScope(), new Newest.Filter(null, null, null, getCard().person().id(), null)).rows().stream().limit(FEW).toList();
        }
        return leads;
    }

    public List<MessageLog.Row> getMessages() {
        if (messages == null) {
            messages = log.read(current.getScope(), MessageLog.Filter.ofCustomer(getCard().person().id()), FEW).rows();
        }
        return messages;
    }

    /** What the customer wrote to the shop, the newest first. */
    public List<InboundList.Row> getWritten() {
        if (written == null) {
            written = inbound.of(current.getScope(), getCard().person().id(), FEW);
        }
        return written;
    }

    /** Whether there is something to stop: an address of the channel that may still be written to. */
    public boolean stoppable(String channel) {
        return "SMS".equals(channel) ? getCard().phones().stream().anyMatch(phone -> phone.usable() && !phone.stoppedWhole())
            : getCard().emails().stream().anyMatch(email -> email.usable() && !email.stoppedWhole());
    }

    /** Somebody said, not by STOP, that they wish no more messages (LAW-13). */
    public String stop(String channel) {
        try {
            stops.stop(current.getScope(), getCard().person().id(), Channel.valueOf(channel), current.actor());
            notices.doneThen("customer", "stop.done." + channel);
        } catch (Invalid refusal) {
            notices.refuse("stops", refusal);
            return null;
        }
        return "/customer/view?faces-redirect=true&id=" + getCard().person().id();
    }

    /** Whether this person may erase this customer, who is not yet. */
    public boolean isErasable() { return current.getRole().editsLocations() && getCard().person().erasedAt() == null; }

    /** At their own wish (LAW-20). */
    public String erase() {
        try {
            erasures.erase(current.person().orElseThrow(), getCard().person().id());
            notices.doneThen("customer", "erase.done");
        } catch (Invalid refusal) {
            notices.refuse("rights", refusal);
            return null;
        }
        return "/customer/view?faces-redirect=true&id=" + getCard().person().id();
    }

    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
}
