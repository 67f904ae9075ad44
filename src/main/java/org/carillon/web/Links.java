package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Addresses that leave the house. From the setting, never from the Host header, which a caller could forge. */
@ApplicationScoped
public class Links {

    private final String base;

    protected Links() { this(""); }

    @Inject
    public Links(@ConfigProperty(name = "carillon.publicUrl", defaultValue = "http://localhost:8080/") String base) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    public String invitation(String secret) { return base + "/open/invitation.xhtml?t=" + secret; }
}
