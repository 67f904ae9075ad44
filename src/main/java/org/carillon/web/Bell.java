package org.carillon.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.carillon.report.AlertList;

/** The bell of the top bar: how many alerts of the reader's own locations nobody has seen yet. */
@Named @RequestScoped
public class Bell {

    private final Current current;
    private final AlertList alerts;
    private Integer count;

    protected Bell() { this(null, null); }

    @Inject
    public Bell(Current current, AlertList alerts) {
        this.current = current;
        this.alerts = alerts;
    }

    /** Whoever works with orders has one. */
    public boolean isThere() { return current.isSignedIn() && Section.ALERT.admits(current.getRole()); }

    public int getCount() {
        if (count == null) {
            count = isThere() ? alerts.fresh(current.getScope()) : 0;
        }
        return count;
    }

    /** « 99+ » where there are more. */
    public String getShown() { return getCount() >= AlertList.MANY ? AlertList.MANY - 1 + "+" : Integer.toString(getCount()); }

    /** To be counted anew in this request. */
    public void again() { count = null; }
}
