package org.carillon.web.home;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.carillon.fact.ApplicationClock;
import org.carillon.report.Backlog;
import org.carillon.report.HomeFigures;
import org.carillon.report.HomeFigures.Day;
import org.carillon.report.LocationList;
import org.carillon.report.Look;
import org.carillon.report.MessageLog;
import org.carillon.report.OfferFigures;
import org.carillon.report.PlannedList;
import org.carillon.report.ReceivedList;
import org.carillon.report.RestoreFigures;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Sending;
import org.carillon.web.Texts;

/** The first page. An operator sees figures of the whole house, and no customer. */
@Named("homeView") @RequestScoped
public class ViewPage {

    private static final int DAYS = 14;
    private static final int FEW = 5;

    @Inject private HomeFigures figures;
    @Inject private PlannedList planned;
    @Inject private MessageLog log;
    @Inject private Backlog backlog;
    @Inject private OfferFigures offers;
    @Inject private RestoreFigures restores;
    @Inject private ReceivedList received;
    @Inject private LocationList locations;
    @Inject private Sending sending;
    @Inject private Current current;
    @Inject private Texts texts;
    @Inject private Moments moments;
    @Inject private ApplicationClock clock;
    private List<Day> days;
    private Long dueToday;
    private List<PlannedList.Row> next;
    private List<PlannedList.Row> held;
    private List<MessageLog.Row> failed;
    private Optional<Backlog.Standing> standing;
    private Integer unread;
    private List<LocationList.Unheard> unheard;

    private Scope scope() { return current.getRole() == Role.OPERATOR ? Scope.everything() : current.getView(); }

    /** Null where nothing is held after an outage, or it is not this person's affair (REL-49). */
    public Backlog.Standing getBacklog() {
        if (standing == null) {
            standing = current.getRole().seesBacklog() ? backlog.standing(scope()) : Optional.empty();
        }
        return standing.orElse(null);
    }

    /** Since when everything is held after a restore (REL-29); null where it is not, or it is not this person's affair. */
    public Instant getRestored() { return current.getRole().seesBacklog() ? restores.since().orElse(null) : null; }

    /** How many locations have their offers on hold for complaints or returns (LAW-18); 0 where it is not this person's affair. */
    public int getHolds() { return current.getRole().seesBacklog() ? offers.holds(scope()) : 0; }

    /** How much that was received waits for a person (LAW-11); 0 where it is not this person's affair. */
    public int getUnread() {
        if (unread == null) {
            unread = isCustomersShown() ? received.waiting(scope()) : 0;
        }
        return unread;
    }

    /** Locations whose customers' answers reach nobody's mailbox, for whoever can change that. */
    public List<LocationList.Unheard> getUnheard() {
        if (unheard == null) {
            unheard = current.getRole().editsLocations() && sending.lacksReply(null, null) ? locations.unheard(scope()) : List.of();
        }
        return unheard;
    }

    public boolean isCustomersShown() { return current.getRole().seesCustomers(); }

    public List<Day> getDays() {
        if (days == null) {
            days = figures.days(scope(), clock.now(), DAYS);
        }
        return days;
    }

    /** Null where there is no location at all yet. */
    public Day getToday() { return getDays().isEmpty() ? null : getDays().get(getDays().size() - 1); }

    public long getDueToday() {
        if (dueToday == null) {
            dueToday = figures.dueToday(scope(), clock.now());
        }
        return dueToday;
    }

    /** The next few to leave. */
    public List<PlannedList.Row> getNext() {
        if (next == null) {
            next = isCustomersShown() ? planned.ahead(scope(), Look.PLANNED, null, FEW).rows() : List.of();
        }
        return next;
    }

    /** When the first of them leaves; nothing for whoever sees figures only, unless there is nothing. */
    public String getDueNext() {
        return !getNext().isEmpty() ? texts.say("home", "view.due.next", when(getNext().get(0))) : getDueToday() > 0 ? "" : texts.say("home", "view.due.none");
    }

    /** On the clock of its location, which is named where several are shown: 10:58 in Paris comes before 8:00 in Montréal. */
    public String when(PlannedList.Row row) {
        String at = moments.atZone(row.at(), row.zone());
        return current.getPlaces().size() > 1 && current.getLocationId() == null ? texts.say("home", "view.when", at, row.location()) : at;
    }

    /** What waits for somebody to complete a record, an automation or a calendar. */
    public List<PlannedList.Row> getHeld() {
        if (held == null) {
            held = isCustomersShown() ? planned.ahead(scope(), Look.HELD, null, FEW).rows() : List.of();
        }
        return held;
    }

    /** The newest failures of a week. */
    public List<MessageLog.Row> getFailed() {
        if (failed == null) {
            Instant from = clock.now().minus(Duration.ofDays(7));
            failed = isCustomersShown() ? log.read(scope(), new MessageLog.Filter(Look.FAILED, null, from, null, null, null), FEW).rows() : List.of();
        }
        return failed;
    }

    public String getFirstName() { return current.getName().strip().split("\\s+")[0]; }

    public String getDate() { return moments.heading(clock.now().atZone(current.getZone()).toLocalDate(), current.getZone()); }

    public boolean isChartEmpty() { return getDays().stream().allMatch(day -> day.counts().isEmpty()); }

    /** Chart.js configuration; colours are tokens that the page's script resolves. Numbers and our own words only. */
    public String getChart() {
        JsonArrayBuilder labels = Json.createArrayBuilder();
        DateTimeFormatter format = DateTimeFormatter.ofPattern("fr".equals(current.getLanguage()) ? "d MMM" : "MMM d", current.getLocale());
        // the month once, then the figures alone: fourteen labels fit
        getDays().forEach(day -> labels.add(day == getDays().get(0) || day.date().getDayOfMonth() == 1 ? day.date().format(format) : Integer.toString(day.date().getDayOfMonth())));
        JsonArrayBuilder sets = Json.createArrayBuilder().add(set("delivered", day -> day.left())).add(set("skipped", day -> day.of(Look.SKIPPED)))
            .add(set("failed", day -> day.of(Look.FAILED)));
        return Json.createObjectBuilder().add("type", "bar").add("data", Json.createObjectBuilder().add("labels", labels).add("datasets", sets))
            .add("options", Json.createObjectBuilder()).build().toString();
    }

    private jakarta.json.JsonObjectBuilder set(String token, ToLongFunction<Day> count) {
        JsonArrayBuilder data = Json.createArrayBuilder();
        getDays().forEach(day -> data.add(count.applyAsLong(day)));
        return Json.createObjectBuilder().add("label", texts.say("home", "view.chart." + token)).add("token", "chart-" + token).add("data", data);
    }
}
