package org.carillon.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** The address space: what needs a person, what needs nobody, what is not a page at all. */
final class Paths {

    private Paths() { }

    /** Below the context, decoded, as the servlet was chosen by. */
    static String of(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    /**
     * The page that the browser shows, with its query. The address of a form is without one; of an Ajax request our script tells, and is believed
     * only about the query.
     */
    static String shown(HttpServletRequest request) {
        String path = of(request);
        String told = request.getHeader("Carillon-Query");
        String query = told != null && told.matches("[!-~&&[^\\\\\"<>]]{1,2000}") ? told : request.getQueryString();
        return query == null || query.isEmpty() ? path : path + "?" + query;
    }

    static boolean isResource(String path) { return path.startsWith("/jakarta.faces.resource/"); }

    /** REST, provider webhooks and the like authenticate by themselves. */
    static boolean isMachine(String path) {
        return List.of("/api", "/hooks", "/health", "/metrics", "/openapi").stream().anyMatch(face -> path.equals(face) || path.startsWith(face + "/"));
    }

    static boolean hasNoSession(String path) { return isResource(path) || isMachine(path); }

    static boolean isOpen(String path) { return path.startsWith("/open/"); }
}
