package org.carillon.web.message;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.report.Look;
import org.carillon.report.MessageLog;
import org.carillon.report.MessageLog.Filter;
import org.carillon.report.MessageLog.Row;
import org.carillon.report.Part;
import org.carillon.web.Current;
import org.carillon.web.Pages;

/** Messages and refused plans of the chosen location, or of all of the person's. Filters live in the address. */
@Named("messageList") @RequestScoped
public class ListPage {

    /** Periods offered, in days; 0 is all time. */
    private static final List<Integer> PERIODS = List.of(1, 7, 30, 0);

    @Inject private MessageLog log;
    @Inject private Current current;
    @Inject private ApplicationClock clock;
    private String q;
    private String state;
    private String channel;
    private Integer days = 7;
    private String after;
    private Part<Row> part;
    private Map<Look, Long> counts;

    public Part<Row> getPart() {
        if (part == null) {
            part = log.read(current.getView(), filter());
        }
        return part;
    }

    public long count(Look look) {
        if (counts == null) {
            counts = log.counts(current.getView(), filter());
        }
        return look == null ? counts.values().stream().mapToLong(Long::longValue).sum() : counts.getOrDefault(look, 0L);
    }

    public List<Look> getLooks() { return Arrays.asList(Look.values()); }

    public List<Integer> getPeriods() { return PERIODS; }

    /** Whether there is nothing at all yet, as opposed to nothing that fits. */
    public boolean isBare() { return !isFiltered() && getPart().isEmpty() && log.read(current.getView(), new Filter(null, null, null, null, null, null), 1).isEmpty(); }

    private boolean isFiltered() { return q != null || state != null || channel != null || after != null; }

    public String view(Look look) { return Pages.address("/message/list.xhtml", parameters(look == null ? null : look.style(), null)); }

    public String getNext() { return Pages.address("/message/list.xhtml", parameters(state, getPart().next())); }

    public String getFirst() { return Pages.address("/message/list.xhtml", parameters(state, null)); }

    public void apply() { Pages.go("/message/list.xhtml", parameters(state, null)); }

    private Filter filter() {
        Instant from = days == null || days <= 0 ? null : clock.now().minus(Duration.ofDays(days));
        String known = Arrays.stream(Channel.values()).map(Channel::name).filter(c -> c.equals(channel)).findFirst().orElse(null);
        return new Filter(Look.named(state), known, from, q, null, after);
    }

    private Map<String, Object> parameters(String state, String after) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("q", q);
        parameters.put("state", state);
        parameters.put("channel", channel);
        parameters.put("days", days == null || days == 7 ? null : days);
        parameters.put("after", after);
        return parameters;
    }

    public String getQ() { return q; }
    public void setQ(String q) { this.q = q; }
    public String getState() { return state; }
    public void setState(String state) { this.state = state; }
    public String getChannel() { return channel; }
    public void setChannel(String channel) { this.channel = channel; }
    public Integer getDays() { return days; }
    public void setDays(Integer days) { this.days = days == null ? 7 : days; }
    public String getAfter() { return after; }
    public void setAfter(String after) { this.after = after; }
}
