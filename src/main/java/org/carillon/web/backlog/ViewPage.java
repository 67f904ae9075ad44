package org.carillon.web.backlog;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.plan.BacklogDesk;
import org.carillon.report.Backlog;
import org.carillon.report.Backlog.Share;
import org.carillon.report.Backlog.Standing;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Notices;

/** The backlog that is held (REL-49): how many, since when, of what and where; and what is to become of it. */
@Named("backlogView") @ViewScoped
public class ViewPage implements Serializable {

    @Inject private Backlog backlog;
    @Inject private BacklogDesk desk;
    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private Moments moments;
    private Purpose purpose;
    private Long locationId;
    private LocalDateTime before;
    private transient Standing standing;
    private transient boolean read;

    /** An operator sees figures of the whole house, and no customer. */
    private Scope scope() { return current.getRole() == Role.OPERATOR ? Scope.everything() : current.getScope(); }

    /** Null where nothing is held. */
    public Standing getStanding() {
        if (!read) {
            standing = current.getRole().seesBacklog() ? backlog.standing(scope()).orElse(null) : null;
            read = true;
        }
        return standing;
    }

    public boolean isDecides() { return current.getRole().decidesOnBacklog(); }

    public void release() {
        act(() -> {
            desk.release(current.person().orElseThrow());
            notices.done("backlog", "view.released");
        });
    }

    public void stop() {
        act(() -> {
            desk.stop(current.person().orElseThrow());
            notices.done("backlog", "view.stopped");
        });
    }

    public void discard() { act(() -> notices.done("backlog", "view.discarded", desk.discard(filter(), current.person().orElseThrow()))); }

    private void act(Runnable decision) {
        try {
            decision.run();
        } catch (Invalid refusal) {
            notices.refuse("act", refusal);
        }
        read = false;
    }

    /** How many the filter meets. */
    public long getMet() { return desk.count(filter()); }

    private BacklogDesk.Filter filter() {
        return new BacklogDesk.Filter(purpose, locationId, before == null ? null : before.atZone(current.getZone()).toInstant());
    }

    public List<Purpose> getPurposes() { return getStanding() == null ? List.of() : getStanding().shares().stream().map(Share::purpose).distinct().sorted().toList(); }

    /** One share of each location, for its name. */
    public List<Share> getPlaces() {
        return getStanding() == null ? List.of() : List.copyOf(getStanding().shares().stream().collect(java.util.stream.Collectors.toMap(Share::locationId, s -> s, (a, b) -> a,
            java.util.TreeMap::new)).values());
    }

    /** The zone in which the filter's time is meant; an operator has no location and so no other than UTC. */
    public String getZone() { return current.getZone() instanceof ZoneOffset ? "UTC" : moments.zone(current.getZone()); }

    public Purpose getPurpose() { return purpose; }
    public void setPurpose(Purpose purpose) { this.purpose = purpose; }
    public Long getLocationId() { return locationId; }
    public void setLocationId(Long locationId) { this.locationId = locationId; }
    public LocalDateTime getBefore() { return before; }
    public void setBefore(LocalDateTime before) { this.before = before; }
}
