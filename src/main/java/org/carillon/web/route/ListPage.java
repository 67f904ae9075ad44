package org.carillon.web.route;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.carillon.delivery.Gateways;
import org.carillon.delivery.Route;
import org.carillon.delivery.RouteBook;
import org.carillon.delivery.RouteDesk;
import org.carillon.delivery.RouteTable;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.plan.RouteTrials;
import org.carillon.report.RouteFigures;
import org.carillon.report.RouteFigures.Refusal;
import org.carillon.report.RouteFigures.Trial;
import org.carillon.shop.Role;
import org.carillon.web.Current;
import org.carillon.web.Notices;

/** How each route is, and a way to try it (MSG-06). */
@Named("routeList") @ViewScoped
public class ListPage implements Serializable {

    /** A test without a receipt is looked after so long; some providers never send one. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** @param live messages that are not settled yet, by state */
    public record Row(RouteBook.Entry is, Map<String, Long> live, List<Refusal> refusals, List<Trial> trials) { }

    @Inject private RouteBook book;
    @Inject private RouteFigures figures;
    @Inject private RouteTable table;
    @Inject private RouteDesk desks;
    @Inject private Gateways gateways;
    @Inject private RouteTrials desk;
    @Inject private ApplicationClock clock;
    @Inject private Current current;
    @Inject private Notices notices;
    private final Map<String, String> to = new HashMap<>();
    private transient List<Row> rows;

    public List<Row> getRows() {
        if (rows == null) {
            rows = book.entries().stream().map(is -> new Row(is, figures.live(is.route()), figures.refusals(is.route()), figures.trials(is.route()))).toList();
        }
        return rows;
    }

    /** Forgets what was read: the bean lives as long as the view, and every look must be a fresh one. */
    public void lookAgain() { rows = null; }

    public Row row(String route) { return getRows().stream().filter(row -> row.is().route().equals(route)).findFirst().orElse(null); }

    /** Whether a test will change by itself soon, so that the page looks again. */
    public boolean isMoving() {
        return getRows().stream().flatMap(row -> row.trials().stream()).anyMatch(trial ->
            (trial.live() || "ACCEPTED".equals(trial.state()) && "SMS".equals(trial.channel())) && trial.at().plus(PATIENCE).isAfter(clock.now()));
    }

    public void pause(String route) { change(() -> desks.pause(current.person().orElseThrow(), route), "list.paused"); }

    public void resume(String route) { change(() -> desks.resume(current.person().orElseThrow(), route), "list.resumed"); }

    private void change(Runnable change, String done) {
        try {
            change.run();
            notices.done("route", done);
        } catch (Invalid refusal) {
            notices.refuse("routes", refusal);
        }
        lookAgain();
    }

    /** One list of routes, in words. */
    public record Choice(String channel, Long location, String place, String country, String countryName, List<String> routes) { }

    public List<Choice> getChoices() {
        Map<Long, String> places = figures.places().stream().collect(Collectors.toMap(RouteFigures.Place::id, RouteFigures.Place::name));
        return table.fresh().choices().lists().entrySet().stream().map(e -> new Choice(e.getKey().channel().name(), e.getKey().location(), places.get(e.getKey().location()), e.getKey().country(),
            e.getKey().country() == null ? null : new Locale("", e.getKey().country()).getDisplayCountry(current.getLocale()), e.getValue().stream().map(this::name).toList())).toList();
    }

    private String name(String code) { return table.named(code).map(Route::name).orElse(code); }

    public boolean isAdministrator() { return current.person().map(person -> person.role() == Role.ADMINISTRATOR).orElse(false); }

    public List<String> getProtocols() { return gateways.makers().stream().map(maker -> maker.protocol().name()).toList(); }

    public void test(String route, boolean characters) {
        try {
            desk.send(current.person().orElseThrow(), route, to.get(route), characters, current.getLanguage());
            to.remove(route);
            notices.done("route", "list.sent");
        } catch (Invalid refusal) {
            notices.refuse("routes", route + "To", refusal);
        }
        lookAgain();
    }

    public List<String> getNames() { return getRows().stream().map(row -> row.is().route()).toList(); }

    public Map<String, String> getTo() { return to; }
}
