package org.carillon.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** French or English, and how it is chosen. */
public final class Language {

    public static final List<String> ALL = List.of("fr", "en");
    private static final String COOKIE = "carillon-language";

    private Language() { }

    /** The person's own choice, else what the link to an open page says, else the cookie's, else the first of the browser's that we speak, else French. */
    static Locale of(HttpServletRequest request, String own) {
        if (own != null) {
            return Locale.forLanguageTag(own);
        }
        // what a customer was sent says in which language it was written
        String written = Paths.isOpen(Paths.of(request)) && "GET".equals(request.getMethod()) ? request.getParameter("l") : null;
        if (written != null && ALL.contains(written)) {
            return Locale.forLanguageTag(written);
        }
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (COOKIE.equals(cookie.getName()) && ALL.contains(cookie.getValue())) {
                    return Locale.forLanguageTag(cookie.getValue());
                }
            }
        }
        if (request.getHeader("Accept-Language") == null) {  // else the container would answer with the machine's own
            return Locale.FRENCH;
        }
        return Collections.list(request.getLocales()).stream().map(Locale::getLanguage).filter(ALL::contains).findFirst()
            .map(Locale::forLanguageTag).orElse(Locale.FRENCH);
    }

    /** Keeps a stranger's choice for the next visit. */
    static void remember(HttpServletResponse response, String language, boolean secure) {
        Cookie cookie = new Cookie(COOKIE, language);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setMaxAge(31_536_000);
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }
}
