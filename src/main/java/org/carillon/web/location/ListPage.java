package org.carillon.web.location;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.List;
import org.carillon.fact.ApplicationClock;
import org.carillon.report.LocationList;
import org.carillon.shop.Role;
import org.carillon.web.Current;
import org.carillon.web.Moments;

/** The locations, each with the time that its clock shows now. */
@Named("locationList") @RequestScoped
public class ListPage {

    @Inject private Current current;
    @Inject private LocationList list;
    @Inject private Moments moments;
    @Inject private ApplicationClock clock;
    private List<LocationList.Row> rows;

    public List<LocationList.Row> getRows() {
        if (rows == null) {
            rows = list.all(current.getScope());
        }
        return rows;
    }

    public String time(String zone) { return moments.time(clock.now().atZone(ZoneId.of(zone)).toLocalTime()); }

    public boolean isMayOpen() { return current.getRole() == Role.ADMINISTRATOR; }
}
