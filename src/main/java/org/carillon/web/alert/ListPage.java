package org.carillon.web.alert;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.alert.AlertDesk;
import org.carillon.alert.AlertKind;
import org.carillon.report.AlertList;
import org.carillon.report.AlertList.Row;
import org.carillon.report.Part;
import org.carillon.web.Bell;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;

/** The open alerts of the chosen location, or of all of the person's. The rows are kept, so that what is marked is what was shown. */
@Named("alertList") @ViewScoped
public class ListPage implements Serializable {

    private static final String PATH = "/alert/list.xhtml";

    @Inject private AlertList list;
    @Inject private AlertDesk desk;
    @Inject private Current current;
    @Inject private Bell bell;
    @Inject private Notices notices;
    private String kind;
    private String after;
    private List<Row> rows;
    private String following;
    private LinkedHashMap<String, Long> counts;

    public List<Row> getRows() {
        if (rows == null) {
            Part<Row> part = list.open(current.getView(), getKind() == null ? null : getKind().name(), after);
            rows = new ArrayList<>(part.rows());
            following = part.next();
        }
        return rows;
    }

    public AlertKind[] getKinds() { return AlertKind.values(); }

    /** Null counts all. */
    public long count(AlertKind of) {
        if (counts == null) {
            counts = new LinkedHashMap<>(list.counts(current.getView()));
        }
        return of == null ? counts.values().stream().mapToLong(Long::longValue).sum() : counts.getOrDefault(of.name(), 0L);
    }

    public boolean isAnyNew() { return getRows().stream().anyMatch(row -> row.seenAt() == null); }

    public void see(Row row) { tell(desk.seen(current.getScope(), List.of(row.id()), current.actor())); }

    public void seeAll() { tell(desk.allSeen(current.getView(), getKind(), current.actor())); }

    private void tell(int seen) {
        rows = null;
        counts = null;
        bell.again();
        if (seen > 0) {
            notices.done("alert", "list.done", seen);
        }
    }

    public String view(AlertKind of) { return Pages.address(PATH, parameters(of, null)); }

    public String getNext() { return following == null ? null : Pages.address(PATH, parameters(getKind(), following)); }

    public String getFirst() { return after == null ? null : Pages.address(PATH, parameters(getKind(), null)); }

    /** Where its rules are set, where this person may. */
    public String getRules() {
        return current.getRole().editsLocations() && !current.getPlaces().isEmpty()
            ? Pages.address("/location/alerts.xhtml", Map.of("code", current.place().orElse(current.getPlaces().get(0)).code())) : null;
    }

    private static Map<String, Object> parameters(AlertKind kind, String after) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("kind", kind == null ? null : kind.name().toLowerCase(java.util.Locale.ROOT));
        parameters.put("after", after);
        return parameters;
    }

    /** Null for all, also where the address names none that there is. */
    public AlertKind getKind() {
        return java.util.Arrays.stream(AlertKind.values()).filter(k -> k.name().equalsIgnoreCase(kind)).findFirst().orElse(null);
    }

    public String getAsked() { return kind; }
    public void setAsked(String kind) { this.kind = kind; }
    public String getAfter() { return after; }
    public void setAfter(String after) { this.after = after; }
}
