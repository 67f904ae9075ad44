package org.carillon.report;

/** What something is called in both languages; the shop names its statuses itself. */
public record Words(String fr, String en) {

    public String in(String language) { return "en".equals(language) ? en : fr; }
}
