package org.carillon.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.List;
import org.carillon.shop.Person;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where sessions begin and from where a request came. */
@RequestScoped
public class Entrance {

    private final HttpServletRequest request;
    private final List<String> proxies;

    protected Entrance() { this(null, List.of()); }

    /** @param proxies addresses of proxies in front of us, whose X-Forwarded-For is believed; {@code none} when there is none */
    @Inject
    public Entrance(HttpServletRequest request, @ConfigProperty(name = "carillon.proxies", defaultValue = "none") List<String> proxies) {
        this.request = request;
        this.proxies = proxies;
    }

    /** Under a new session id, so that one planted before is worth nothing (SEC-06). */
    public void begin(Person person, Instant since) {
        HttpSession session = request.getSession();
        request.changeSessionId();
        session.setAttribute(SignedIn.SESSION, new SignedIn(person.id(), person.epoch(), since));
    }

    /** This session goes on although the person's epoch was raised: it is the one that raised it. */
    public void goOn(Person person) {
        HttpSession session = request.getSession();
        if (session.getAttribute(SignedIn.SESSION) instanceof SignedIn before) {
            request.changeSessionId();
            session.setAttribute(SignedIn.SESSION, new SignedIn(person.id(), person.epoch(), before.since()));
        }
    }

    /** The other end's address; behind a known proxy, the last address that the proxy saw. */
    public String address() {
        String forwarded = request.getHeader("X-Forwarded-For");
        if (forwarded == null || !proxies.contains(request.getRemoteAddr())) {
            return request.getRemoteAddr();
        }
        return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }

    /** Where a person lands after signing in: where they wanted to go, when that is a path of ours. */
    public String after(String wanted, Person person) {
        boolean ours = wanted != null && wanted.matches("/[a-z]+/[a-z]+\\.xhtml(\\?[^\\r\\n\\\\]*)?") && Section.of(wanted).filter(s -> s.admits(person.role())).isPresent();
        return request.getContextPath() + (ours ? wanted : Gatekeeper.home(request.getServletContext(), person));
    }
}
