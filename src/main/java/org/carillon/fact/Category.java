package org.carillon.fact;

/**
 * A kind of object that rules ask about. Its rows carry {@code id} and {@code customer_id}.
 *
 * @param code    as written before the dot of a rule's field
 * @param subject what a message about one of them is about, null where none is ever about one
 * @param rows    the table
 * @param which   condition over alias x that makes a row one of them
 * @param place   over x and the customer c: the location whose days count
 */
public record Category(String code, Subject.Type subject, String rows, String which, String place) {

    /** The person; its fields are expressions over alias c. */
    public static final Category CUSTOMER = new Category("customer", Subject.Type.CUSTOMER, "customer", "true", "c.location_id");

    /** One whose rows have a {@code location_id}. */
    public Category(String code, Subject.Type subject, String rows, String which) { this(code, subject, rows, which, "x.location_id"); }

    public boolean isCustomer() { return rows.equals("customer"); }
}
