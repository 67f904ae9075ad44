package org.carillon.web;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Where pages lead: addresses of our own with parameters, so that a list and its filters can be kept as a link. */
public final class Pages {

    private Pages() { }

    /** The address of a page such as {@code /order/list.xhtml} below the context; parameters without a value are left out. */
    public static String address(String path, Map<String, ?> parameters) {
        String query = parameters.entrySet().stream().filter(p -> p.getValue() != null && !p.getValue().toString().isBlank())
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue().toString(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        return outside().getRequestContextPath() + path + (query.isEmpty() ? "" : "?" + query);
    }

    /** After a POST: the page that shows what came of it. */
    public static void go(String path, Map<String, ?> parameters) {
        try {
            outside().redirect(address(path, parameters));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers as for an address that leads nowhere: what is not there and what is not this person's look the same (SEC-13). */
    public static void notFound() {
        try {
            outside().responseSendError(404, null);
            FacesContext.getCurrentInstance().responseComplete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number from an address, null where it is none. */
    public static Long number(Object text) {
        String digits = Objects.toString(text, "");
        return digits.matches("\\d{1,18}") ? Long.valueOf(digits) : null;
    }

    private static ExternalContext outside() { return FacesContext.getCurrentInstance().getExternalContext(); }
}
