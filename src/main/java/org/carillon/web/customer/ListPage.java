package org.carillon.web.customer;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carillon.report.CustomerList;
import org.carillon.report.CustomerList.Row;
import org.carillon.report.Part;
import org.carillon.web.Current;
import org.carillon.web.Pages;

/** Customers of the chosen location, or of all of the person's, by name. */
@Named("customerList") @RequestScoped
public class ListPage {

    @Inject private CustomerList list;
    @Inject private Current current;
    private String q;
    private String after;
    private Part<Row> part;

    public Part<Row> getPart() {
        if (part == null) {
            part = list.read(current.getView(), q, after);
        }
        return part;
    }

    /** Whether there is nothing at all yet, as opposed to nothing that fits. */
    public boolean isBare() { return getPart().isEmpty() && q == null && after == null; }

    public String getNext() { return address(getPart().next()); }

    public String getFirst() { return address(null); }

    public void apply() { Pages.go("/customer/list.xhtml", parameters(null)); }

    private String address(String after) { return Pages.address("/customer/list.xhtml", parameters(after)); }

    private Map<String, Object> parameters(String after) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("q", q);
        parameters.put("after", after);
        return parameters;
    }

    public String getQ() { return q; }
    public void setQ(String q) { this.q = q; }
    public String getAfter() { return after; }
    public void setAfter(String after) { this.after = after; }
}
