package org.carillon.web.route;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.delivery.Choices;
import org.carillon.delivery.Route;
import org.carillon.delivery.RouteDesk;
import org.carillon.delivery.RouteTable;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.SearchText;
import org.carillon.report.RouteFigures;
import org.carillon.web.Current;
import org.carillon.web.Notices;

/** Which routes the messages of one case take: a location's, to a country, or all; the first that is open. */
@Named("routeChoice") @ViewScoped
public class ChoicePage implements Serializable {

    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private RouteTable table;
    @Inject private RouteDesk desk;
    @Inject private RouteFigures figures;

    private String channel = "SMS";
    private Long location;
    private String country;
    private boolean fresh;
    private List<String> shown = List.of();
    private String first;
    private String second;
    private String third;

    public void arrive() throws IOException {
        if (Stream.of(Channel.values()).noneMatch(one -> one.name().equals(channel))) {
            FacesContext.getCurrentInstance().getExternalContext().responseSendError(404, "");
            FacesContext.getCurrentInstance().responseComplete();
            return;
        }
        shown = List.copyOf(table.fresh().choices().lists().getOrDefault(at(), List.of()));
        fresh = shown.isEmpty();
        first = shown.isEmpty() ? null : shown.get(0);
        second = shown.size() < 2 ? null : shown.get(1);
        third = shown.size() < 3 ? null : shown.get(2);
    }

    public void save() throws IOException { choose(Stream.of(first, second, third).filter(route -> route != null && !route.isEmpty()).toList(), "choice.saved"); }

    public void remove() throws IOException { choose(List.of(), "choice.removed"); }

    private void choose(List<String> routes, String done) throws IOException {
        try {
            if (routes.isEmpty() && fresh) {
                throw new Invalid("first", "required");
            }
            desk.choose(current.person().orElseThrow(), at(), shown, routes);
            notices.doneThen("route", done);
            FacesContext.getCurrentInstance().getExternalContext().redirect("list.xhtml");
        } catch (Invalid refusal) {
            notices.refuse("choice", refusal);
        }
    }

    private Choices.Case at() { return new Choices.Case(Channel.valueOf(channel), location, country == null || country.isEmpty() ? null : country); }

    public List<Route> getRoutes() { return table.present().routes().values().stream().filter(route -> route.channel().name().equals(channel) && !route.deleted() && route.present()).toList(); }

    public List<RouteFigures.Place> getLocations() { return figures.places(); }

    /** By name, those of our shops first. */
    public List<Map.Entry<String, String>> getCountries() {
        Locale locale = current.getLocale();
        List<String> near = figures.places().stream().map(RouteFigures.Place::country).distinct().toList();
        return Stream.concat(near.stream(), Stream.of(Locale.getISOCountries()).filter(one -> !near.contains(one))
            .sorted(Comparator.comparing((String one) -> SearchText.of(new Locale("", one).getDisplayCountry(locale)))))
            .map(one -> Map.entry(one, new Locale("", one).getDisplayCountry(locale))).toList();
    }

    public boolean isNew() { return fresh; }
    public String getChannel() { return channel; }
    public void setChannel(String channel) { this.channel = channel; }
    public Long getLocation() { return location; }
    public void setLocation(Long location) { this.location = location; }
    public String getCountry() { return country; }
    public void setCountry(String country) { this.country = country; }
    public String getFirst() { return first; }
    public void setFirst(String first) { this.first = first; }
    public String getSecond() { return second; }
    public void setSecond(String second) { this.second = second; }
    public String getThird() { return third; }
    public void setThird(String third) { this.third = third; }
}
