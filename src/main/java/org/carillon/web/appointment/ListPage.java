package org.carillon.web.appointment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carillon.fact.ApplicationClock;
import org.carillon.report.AppointmentList;
import org.carillon.report.AppointmentList.Filter;
import org.carillon.report.AppointmentList.Row;
import org.carillon.report.Part;
import org.carillon.web.Current;
import org.carillon.web.Pages;

/** The appointments to come, or those that were, as a list. Filters live in the address. */
@Named("appointmentList") @RequestScoped
public class ListPage {

    private static final String PATH = "/appointment/list.xhtml";

    @Inject private AppointmentList list;
    @Inject private ApplicationClock clock;
    @Inject private Stands stands;
    @Inject private Current current;
    private String q;
    private String when;
    private String status;
    private String after;
    private Part<Row> part;

    public Part<Row> getPart() {
        if (part == null) {
            part = list.read(current.getView(), new Filter(q, stands.getAll().contains(status) ? status : null, isPast(), null, after), clock.now());
        }
        return part;
    }

    public boolean isPast() { return "past".equals(when); }

    /** Whether there is nothing at all yet, as opposed to nothing that fits. */
    public boolean isBare() { return getPart().isEmpty() && q == null && status == null && after == null && list.isEmpty(current.getView()); }

    public String view(String when) { return Pages.address(PATH, parameters(when, null)); }

    public String getNext() { return Pages.address(PATH, parameters(when, getPart().next())); }

    public String getFirst() { return view(when); }

    public void apply() { Pages.go(PATH, parameters(when, null)); }

    private Map<String, Object> parameters(String when, String after) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("q", q);
        parameters.put("when", when);
        parameters.put("status", status);
        parameters.put("after", after);
        return parameters;
    }

    public String getQ() { return q; }
    public void setQ(String q) { this.q = q; }
    public String getWhen() { return when; }
    public void setWhen(String when) { this.when = when; }
    public String getStatus() { return status; }
    public void setStatus(String status) { this.status = status; }
    public String getAfter() { return after; }
    public void setAfter(String after) { this.after = after; }
}
