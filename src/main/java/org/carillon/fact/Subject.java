package org.carillon.fact;

/** What an event or a message is about. */
public record Subject(Type type, long id) {

    public enum Type { ORDER, LEAD, APPOINTMENT, INVOICE, QUOTE, SALE, CUSTOMER }

    public static Subject order(long id) { return new Subject(Type.ORDER, id); }

    public static Subject lead(long id) { return new Subject(Type.LEAD, id); }

    @Override public String toString() { return type + ":" + id; }
}
