package org.carillon.fact;

import java.util.List;

/**
 * Input that cannot be taken. Carries the field, the key of the words (i18n bundle {@code invalid}) and values for them; the page and the REST
 * answer put it in the reader's language.
 */
public class Invalid extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final String field;
    private final String key;
    private final transient List<Object> arguments;
    private final boolean unknown;

    public Invalid(String field, String key, Object... arguments) { this(false, field, key, arguments); }

    private Invalid(boolean unknown, String field, String key, Object... arguments) {
        super(field + ": " + key);
        this.field = field;
        this.key = key;
        this.unknown = unknown;
        this.arguments = List.of(arguments);
    }

    /** Something that is not there, or not there for this person: the same answer for both (SEC-13). */
    public static Invalid unknown(String field, Object what) { return new Invalid(true, field, field + ".unknown", what); }

    public String field() { return field; }
    public String key() { return key; }
    public List<Object> arguments() { return arguments; }
    public boolean isUnknown() { return unknown; }
}
