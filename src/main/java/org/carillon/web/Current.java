package org.carillon.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.carillon.fact.Actor;
import org.carillon.shop.Person;
import org.carillon.shop.Person.Appearance;
import org.carillon.shop.Place;
import org.carillon.shop.Places;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;

/** Who is asking, in which language, and for which location: everything a page needs to know about its reader. */
@Named @RequestScoped
public class Current {

    private static final String CHOSEN = "carillon.location";

    private final HttpServletRequest request;
    private final Places places;
    private List<Place> allowed;

    protected Current() { this(null, null); }

    @Inject
    public Current(HttpServletRequest request, Places places) {
        this.request = request;
        this.places = places;
    }

    public Optional<Person> person() { return SignedIn.person(request); }

    public boolean isSignedIn() { return person().isPresent(); }

    /** The id on {@code staff}. Fails where nobody is signed in, as do name, role and actor. */
    public long getId() { return known().id(); }

    public String getName() { return known().name(); }

    public Role getRole() { return known().role(); }

    /** Who does it, for event logs. */
    public Actor actor() { return known().actor(); }

    /** The locations this person may see; nothing for a stranger. */
    public Scope getScope() { return person().map(Person::scope).orElse(Scope.nothing()); }

    /** The scope narrowed to the chosen location. */
    public Scope getView() { return getScope().at(getLocationId()); }

    /** Locations to choose from. */
    public List<Place> getPlaces() {
        if (allowed == null) {
            allowed = isSignedIn() && getRole() != Role.OPERATOR ? places.in(getScope()) : List.of();
        }
        return allowed;
    }

    /** The chosen location, or null for all. Where there is only one, it is that one. */
    public Long getLocationId() { return place().map(Place::id).orElse(null); }

    public Optional<Place> place() {
        if (getPlaces().size() == 1) {
            return Optional.of(getPlaces().get(0));
        }
        HttpSession session = request.getSession(false);
        Object chosen = session == null ? null : session.getAttribute(CHOSEN);
        return getPlaces().stream().filter(place -> Objects.equals(place.id(), chosen)).findFirst();
    }

    /** Null chooses all; a location that is not this person's is as good as null. */
    public void choose(Long locationId) { request.getSession().setAttribute(CHOSEN, locationId); }

    /** The zone of the chosen location, else that of the first, else UTC. */
    public ZoneId getZone() {
        return place().map(Place::zone).orElseGet(() -> getPlaces().stream().findFirst().map(Place::zone).orElse(ZoneOffset.UTC));
    }

    /** The person's own language, else what the language cookie says, else the browser's, else French. */
    public Locale getLocale() { return Language.of(request, person().map(Person::language).orElse(null)); }

    public String getLanguage() { return getLocale().getLanguage(); }

    /** {@code light} or {@code dark} when the person insists, else null: the system decides. */
    public String getTheme() {
        return person().map(Person::appearance).filter(a -> a != Appearance.SYSTEM).map(a -> a.name().toLowerCase(Locale.ROOT)).orElse(null);
    }

    private Person known() { return person().orElseThrow(() -> new IllegalStateException("nobody is signed in")); }
}
