package org.carillon.web.notification;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.report.NotificationList;
import org.carillon.report.NotificationList.Row;
import org.carillon.repair.OrderStatus;
import org.carillon.repair.OrderStatuses;
import org.carillon.shop.Place;
import org.carillon.web.Current;
import org.carillon.web.Texts;

/** What is sent when, at one location: every moment of an order with its messages, and the moments at which nothing is sent (B-13, P-20). */
@Named("when") @RequestScoped
public class WhenPage {

    /**
     * A moment in an order's life.
     *
     * @param status whether it is a status of the location, which may be one of the shop's own
     */
    public record Moment(String name, boolean status, List<Row> messages) {

        public boolean isGap() { return messages.stream().noneMatch(Row::active); }
    }

    @Inject Current current;
    @Inject NotificationList list;
    @Inject OrderStatuses statuses;
    @Inject Texts texts;
    private List<Moment> moments;

    public Place getPlace() { return current.place().or(() -> current.getPlaces().stream().findFirst()).orElse(null); }

    public List<Moment> getMoments() {
        if (moments == null) {
            moments = getPlace() == null ? List.of() : read(getPlace().id());
        }
        return moments;
    }

    private List<Moment> read(long place) {
        List<Row> rows = list.at(current.getScope(), place, false);
        List<Moment> found = new ArrayList<>();
        found.add(new Moment(texts.say("notification", "when.ORDER_CREATED"), false, of(rows, "ORDER_CREATED", null)));
        for (OrderStatus status : statuses.at(place)) {
            found.add(new Moment(status.name(current.getLanguage()), true, of(rows, "ORDER_STATUS_CHANGED", status.code())));
        }
        found.add(new Moment(texts.say("notification", "when.ORDER_SCHEDULED_TIME_CHANGED"), false, of(rows, "ORDER_SCHEDULED_TIME_CHANGED", null)));
        found.add(new Moment(texts.say("notification", "reminder.title"), false, list.at(current.getScope(), place, true)));
        return found;
    }

    /** What goes with any status goes with each. */
    private static List<Row> of(List<Row> rows, String event, String status) {
        Stream<Row> woken = rows.stream().filter(row -> row.event().equals(event) && (row.status() == null || row.status().equals(status)));
        return woken.filter(Row::usable).toList();
    }

    public long getGaps() { return getMoments().stream().filter(Moment::isGap).count(); }
}
