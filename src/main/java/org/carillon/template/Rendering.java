package org.carillon.template;

/** A text made from a template, or why it cannot be made. */
public sealed interface Rendering {

    record Rendered(String text) implements Rendering { }

    /** @param field a field without value and without fallback; never sent (P-01) */
    record Missing(String field) implements Rendering { }

    record TooLong(int segments, int max) implements Rendering { }
}
