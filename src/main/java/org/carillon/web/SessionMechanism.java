package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.Set;
import org.carillon.shop.Person;
import org.carillon.shop.StaffRegister;

/**
 * Tells the container on every request who its session belongs to, after asking the database whether that still holds: an epoch raised on any
 * node ends the session at the next click (SEC-06). The API has its tokens and never looks at a session (SEC-05).
 */
@ApplicationScoped
public class SessionMechanism implements HttpAuthenticationMechanism {

    private final StaffRegister register;

    protected SessionMechanism() { this(null); }

    @Inject
    public SessionMechanism(StaffRegister register) { this.register = register; }

    @Override
    public AuthenticationStatus validateRequest(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        HttpSession session = Paths.hasNoSession(Paths.of(request)) ? null : request.getSession(false);
        if (session == null || !(session.getAttribute(SignedIn.SESSION) instanceof SignedIn signedIn)) {
            return context.doNothing();
        }
        Optional<Person> person = register.present(signedIn.staffId(), signedIn.epoch(), signedIn.since());
        if (person.isEmpty()) {
            session.invalidate();
            return context.doNothing();
        }
        SignedIn.put(request, person.get());
        return context.notifyContainerAboutLogin(Long.toString(person.get().id()), Set.of(person.get().role().name()));
    }
}
