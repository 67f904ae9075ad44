package org.carillon.web.notification;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.report.NotificationSearch;
import org.carillon.report.NotificationSearch.Filter;
import org.carillon.report.NotificationSearch.Row;
import org.carillon.report.Part;
import org.carillon.web.Current;
import org.carillon.web.Pages;

/** The notifications and reminders of all of the person's locations, to find and change many. Filters live in the address. */
@Named("notificationAll") @ViewScoped
public class AllPage implements Serializable {

    private static final String PATH = "/notification/all.xhtml";
    public static final List<String> EVENTS = List.of("ORDER_CREATED", "REACHED", "ORDER_STATUS_CHANGED", "ORDER_SCHEDULED_TIME_CHANGED", "REMINDER");
    public static final List<String> STATES = List.of("ON", "OFF", "UNUSABLE");
    private static final Set<String> CHANNELS = Set.of("SMS", "EMAIL");

    @Inject private NotificationSearch search;
    @Inject private Current current;
    @Inject private Bulk bulk;
    private String event;
    private String channel;
    private Long template;
    private String state;
    private String q;
    private String after;
    private transient Part<Row> part;
    private long count;
    private int shown = -1;

    public List<Row> getRows() {
        read();
        return part.rows();
    }

    private void read() {
        if (part == null || shown != bulk.changes()) {
            part = search.page(current.getScope(), filter(), after);
            count = search.count(current.getScope(), filter());
            shown = bulk.changes();
            part.rows().forEach(row -> bulk.bumped(row.id(), row.version()));
        }
    }

    public long getCount() {
        read();
        return count;
    }

    /** Whether there are more than the page shows. */
    public boolean isMore() { return getCount() > getRows().size(); }

    public void pickAll() { bulk.pickAll(filter()); }

    public void apply() { Pages.go(PATH, parameters(null)); }

    public String getNext() {
        read();
        return part.next() == null ? null : Pages.address(PATH, parameters(part.next()));
    }

    public String getFirst() { return after == null ? null : Pages.address(PATH, parameters(null)); }

    public boolean isFiltered() { return event != null || channel != null || template != null || state != null || q != null; }

    private Filter filter() {
        return new Filter(event != null && EVENTS.contains(event) ? event : null, channel != null && CHANNELS.contains(channel) ? channel : null, template, state != null && STATES.contains(state) ? state : null, q);
    }

    private Map<String, Object> parameters(String after) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("q", q);
        parameters.put("event", event);
        parameters.put("channel", channel);
        parameters.put("template", template);
        parameters.put("state", state);
        parameters.put("after", after);
        return parameters;
    }

    public List<String> getEvents() { return EVENTS; }
    public List<String> getStates() { return STATES; }
    public String getEvent() { return event; }
    public void setEvent(String event) { this.event = blank(event); }
    public String getChannel() { return channel; }
    public void setChannel(String channel) { this.channel = blank(channel); }
    public Long getTemplate() { return template; }
    public void setTemplate(Long template) { this.template = template; }
    public String getState() { return state; }
    public void setState(String state) { this.state = blank(state); }
    public String getQ() { return q; }
    public void setQ(String q) { this.q = blank(q); }
    public String getAfter() { return after; }
    public void setAfter(String after) { this.after = blank(after); }

    private static String blank(String text) { return text == null || text.isBlank() ? null : text; }
}
