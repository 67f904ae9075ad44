package org.carillon.fact;

import org.eclipse.microprofile.config.Config;

/** Where this installation is reached from outside ({@code carillon.publicUrl}), ready for a path to be added. */
public final class PublicUrl {

    private PublicUrl() { }

    /** Empty where it is not configured. */
    public static String of(Config config) { return slashed(config.getOptionalValue("carillon.publicUrl", String.class).orElse("")); }

    /** With one slash at its end; empty where none is given. @param given may be null */
    public static String slashed(String given) {
        String url = given == null ? "" : given.strip();
        return url.isEmpty() || url.endsWith("/") ? url : url + "/";
    }
}
