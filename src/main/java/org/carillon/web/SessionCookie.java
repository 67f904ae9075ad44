package org.carillon.web;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;
import java.util.Locale;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The session cookie: HttpOnly and SameSite=Lax always; Secure and bound to the host by its name wherever the public address is https. On the
 * loopback http of {@code mvn -Prun} browsers would drop such a cookie, so it has a plain name there (SEC-06).
 */
@WebListener
public class SessionCookie implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        boolean secure = isPublicAddressSecure();
        SessionCookieConfig cookie = event.getServletContext().getSessionCookieConfig();
        cookie.setName(secure ? "__Host-carillon" : "carillon");
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setAttribute("SameSite", "Lax");
    }

    static boolean isPublicAddressSecure() {
        return ConfigProvider.getConfig().getOptionalValue("carillon.publicUrl", String.class).orElse("").toLowerCase(Locale.ROOT).startsWith("https:");
    }
}
