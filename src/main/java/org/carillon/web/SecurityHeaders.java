package org.carillon.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/**
 * The headers of every response (SEC-07). What is no page gets a policy that allows nothing; PrimeFaces puts its own, with the nonce, in its
 * place, hence the wrapper: two policies would both hold, and the page could load nothing.
 */
public class SecurityHeaders extends HttpFilter {

    private static final String POLICY = "Content-Security-Policy";
    private static final String NOTHING = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        response.setHeader(POLICY, NOTHING);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        if (SessionCookie.isPublicAddressSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        chain.doFilter(request.getDispatcherType() == DispatcherType.ERROR ? justLooking(request) : request, new HttpServletResponseWrapper(response) {
            @Override
            public void addHeader(String name, String value) {
                if (POLICY.equalsIgnoreCase(name)) {
                    super.setHeader(name, value);
                } else {
                    super.addHeader(name, value);
                }
            }
        });
    }

    /** An error page is only shown: without the form that failed, which Faces would take for one of the error page's own. */
    private static HttpServletRequest justLooking(HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {
            @Override public String getMethod() { return "GET"; }
            @Override public String getParameter(String name) { return null; }
            @Override public String[] getParameterValues(String name) { return null; }
            @Override public Map<String, String[]> getParameterMap() { return Map.of(); }
            @Override public Enumeration<String> getParameterNames() { return Collections.emptyEnumeration(); }
        };
    }
}
