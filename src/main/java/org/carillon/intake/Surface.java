package org.carillon.intake;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.stream.Stream;
import org.carillon.fact.ApplicationClock;
import org.carillon.shop.ApiTokens;

/** Figures and the description of the interface are for the machine itself and for whoever has a token (SEC-30). Behind a proxy nobody is local. */
@WebFilter(urlPatterns = {"/metrics", "/metrics/*", "/openapi", "/openapi/*"}, asyncSupported = true)
public class Surface extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient ApiTokens tokens;
    @Inject
    private transient ApplicationClock clock;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (isLocal(request) || Bearer.token(request.getHeader("Authorization")).flatMap(token -> tokens.authenticate(token, clock.now())).isPresent()) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"carillon\"");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    private static boolean isLocal(HttpServletRequest request) throws IOException {
        return Stream.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP").allMatch(name -> request.getHeader(name) == null)
            && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    }
}
