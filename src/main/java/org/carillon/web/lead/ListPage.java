package org.carillon.web.lead;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.report.LeadCard;
import org.carillon.report.LeadList;
import org.carillon.report.Newest.Filter;
import org.carillon.report.LeadList.Row;
import org.carillon.report.OrderCard;
import org.carillon.report.Part;
import org.carillon.web.Current;
import org.carillon.web.Pages;

/** The leads of the chosen location, or of all of the person's. Filters live in the address. */
@Named("leadList") @RequestScoped
public class ListPage {

    private static final List<String> GROUPS = List.of("OPEN", "WON", "LOST");

    @Inject private LeadList list;
    @Inject private LeadCard cards;
    @Inject private Current current;
    private String q;
    private String group;
    private String status;
    private String after;
    private Part<Row> part;
    private Map<String, Long> counts;

    public Part<Row> getPart() {
        if (part == null) {
            part = list.read(current.getView(), filter());
        }
        return part;
    }

    /** By status group; a missing one counts nothing. */
    public Map<String, Long> getCounts() {
        if (counts == null) {
            counts = list.counts(current.getView(), filter());
        }
        return counts;
    }

    public long getTotal() { return getCounts().values().stream().mapToLong(Long::longValue).sum(); }

    /** Whether there is nothing at all yet, as opposed to nothing that fits. */
    public boolean isBare() { return getPart().isEmpty() && q == null && group == null && status == null && after == null; }

    public String view(String group) { return Pages.address("/lead/list.xhtml", parameters(group, null)); }

    public String getNext() { return Pages.address("/lead/list.xhtml", parameters(group, getPart().next())); }

    public String getFirst() { return view(group); }

    public void apply() { Pages.go("/lead/list.xhtml", parameters(group, null)); }

    public List<OrderCard.Step> getSteps() { return cards.steps(); }

    public List<String> getGroups() { return GROUPS; }

    /** Look of a status by its group. */
    public String colour(String group) { return "WON".equals(group) ? "delivered" : "LOST".equals(group) ? "skipped" : "neutral"; }

    private Filter filter() { return new Filter(q, GROUPS.stream().filter(known -> known.equals(group)).findFirst().orElse(null), status, null, after); }

    private Map<String, Object> parameters(String group, String after) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("q", q);
        parameters.put("group", group);
        parameters.put("status", status);
        parameters.put("after", after);
        return parameters;
    }

    public String getQ() { return q; }
    public void setQ(String q) { this.q = q; }
    public String getGroup() { return group; }
    public void setGroup(String group) { this.group = group; }
    public String getStatus() { return status; }
    public void setStatus(String status) { this.status = status; }
    public String getAfter() { return after; }
    public void setAfter(String after) { this.after = after; }
}
