package org.carillon.intake;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.carillon.fact.ApplicationClock;
import org.carillon.shop.ApiTokens;
import org.carillon.shop.TokenIdentity;

/** Asks for the token before anything else is looked at, even whether the address exists. A session cookie opens nothing here (SEC-05). */
@Provider @PreMatching @Priority(Priorities.AUTHENTICATION) @ApplicationScoped
public class Bearer implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";
    /** Providers sign instead; {@link Admission} lets nothing else pass without a token. */
    private static final String HOOKS = "hooks/";

    @Inject
    private HttpServletRequest request;
    @Inject
    private ApiTokens tokens;
    @Inject
    private ApplicationClock clock;
    @Inject
    private Caller caller;

    @Override
    public void filter(ContainerRequestContext context) {
        if (context.getUriInfo().getPath().startsWith(HOOKS)) {
            return;
        }
        Optional<TokenIdentity> identity = token(context.getHeaderString(HttpHeaders.AUTHORIZATION)).flatMap(token -> tokens.authenticate(token, clock.now()));
        if (identity.isPresent()) {
            caller.is(identity.get(), request.getRemoteAddr());
        } else {
            context.abortWith(Problem.of(401, null).answer(context.getAcceptableLanguages()));
        }
    }

    /** The scheme is spelled in any case (RFC 9110). */
    static Optional<String> token(String header) {
        return Optional.ofNullable(header).filter(h -> h.regionMatches(true, 0, SCHEME, 0, SCHEME.length())).map(h -> h.substring(SCHEME.length()).strip())
            .filter(token -> !token.isEmpty());
    }
}
