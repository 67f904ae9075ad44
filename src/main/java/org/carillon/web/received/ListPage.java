package org.carillon.web.received;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carillon.conversation.ReceivedDesk;
import org.carillon.report.Part;
import org.carillon.report.ReceivedList;
import org.carillon.report.ReceivedList.Row;
import org.carillon.report.ReceivedList.View;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;

/** What was received at the chosen location, or at all of the person's. The rows are kept, so that what is marked is what was shown. */
@Named("receivedList") @ViewScoped
public class ListPage implements Serializable {

    private static final String PATH = "/received/list.xhtml";

    @Inject private ReceivedList list;
    @Inject private ReceivedDesk desk;
    @Inject private Current current;
    @Inject private Notices notices;
    private String view;
    private String after;
    private List<Row> rows;
    private String following;

    public List<Row> getRows() {
        if (rows == null) {
            Part<Row> part = list.read(current.getView(), getView(), after);
            rows = new ArrayList<>(part.rows());
            following = part.next();
        }
        return rows;
    }

    /** What is of no location is a view for those who see it. */
    public List<View> getViews() { return Arrays.stream(View.values()).filter(v -> v != View.NOWHERE || current.getView().all()).toList(); }

    /** « 99+ » where there are more. */
    public String getWaiting() {
        int count = list.waiting(current.getView());
        return count >= ReceivedList.MANY ? ReceivedList.MANY - 1 + "+" : Integer.toString(count);
    }

    /** Whether there is nothing at all yet, as opposed to nothing that fits. */
    public boolean isBare() { return getRows().isEmpty() && !list.any(current.getView()); }

    public boolean isAnyWaiting() { return getRows().stream().anyMatch(Row::waiting); }

    public void see(Row row) { tell(desk.seen(current.getScope(), List.of(row.id()), current.actor())); }

    /** What waits of the rows shown. */
    public void seeAll() { tell(desk.seen(current.getScope(), getRows().stream().filter(Row::waiting).map(Row::id).toList(), current.actor())); }

    private void tell(int seen) {
        rows = null;
        if (seen > 0) {
            notices.done("received", "list.done", seen);
        }
    }

    public String address(View of) { return Pages.address(PATH, parameters(of, null)); }

    public String getNext() { return getRows().isEmpty() || following == null ? null : Pages.address(PATH, parameters(getView(), following)); }

    public String getFirst() { return after == null ? null : Pages.address(PATH, parameters(getView(), null)); }

    private static Map<String, Object> parameters(View view, String after) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("view", view == View.ALL ? null : view.name().toLowerCase(Locale.ROOT));
        parameters.put("after", after);
        return parameters;
    }

    /** ALL also where the address names none that there is. */
    public View getView() { return getViews().stream().filter(v -> v.name().equalsIgnoreCase(view)).findFirst().orElse(View.ALL); }

    public String getAsked() { return view; }
    public void setAsked(String view) { this.view = view; }
    public String getAfter() { return after; }
    public void setAfter(String after) { this.after = after; }
}
