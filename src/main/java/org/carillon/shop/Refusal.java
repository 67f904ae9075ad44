package org.carillon.shop;

/** A rule said no: which field it is about, and the key of its sentence in {@code i18n/refusal}. Rolls the transaction back. */
public class Refusal extends RuntimeException {

    private final String field;
    private final String key;
    private final transient Object[] values;

    public Refusal(String field, String key, Object... values) {
        super(field + ": " + key);
        this.field = field;
        this.key = key;
        this.values = values;
    }

    public String field() { return field; }

    public String key() { return key; }

    public Object[] values() { return values == null ? new Object[0] : values.clone(); }
}
