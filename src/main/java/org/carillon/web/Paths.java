package org.carillon.web;

import jakarta.servlet.http.HttpServletRequest;

/** The address space: what needs a person, what needs nobody, what is not a page at all. */
final class Paths {

    private Paths() { }

    /** Below the context, decoded, as the servlet was chosen by. */
    static String of(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    static boolean isResource(String path) { return path.startsWith("/jakarta.faces.resource/"); }

    /** REST, provider webhooks and the like authenticate by themselves. */
    static boolean isMachine(String path) {
        return path.equals("/api") || path.startsWith("/api/") || path.startsWith("/hooks/") || path.equals("/health") || path.startsWith("/openapi");
    }

    static boolean hasNoSession(String path) { return isResource(path) || isMachine(path); }

    static boolean isOpen(String path) { return path.startsWith("/open/"); }
}
