package org.carillon.fact;

/** What an event or a message is about; STAFF is the person whom a message tells of alerts. */
public record Subject(Type type, long id) {

    public enum Type { ORDER, LEAD, APPOINTMENT, INVOICE, QUOTE, SALE, CUSTOMER, STAFF }

    public static Subject order(long id) { return new Subject(Type.ORDER, id); }

    public static Subject lead(long id) { return new Subject(Type.LEAD, id); }

    public static Subject appointment(long id) { return new Subject(Type.APPOINTMENT, id); }

    public static Subject sale(long id) { return new Subject(Type.SALE, id); }

    public static Subject customer(long id) { return new Subject(Type.CUSTOMER, id); }

    public static Subject staff(long id) { return new Subject(Type.STAFF, id); }

    @Override public String toString() { return type + ":" + id; }
}
