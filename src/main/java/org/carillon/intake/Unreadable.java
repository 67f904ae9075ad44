package org.carillon.intake;

import org.carillon.fact.Invalid;

/** A body or a query that is not what this interface takes: answered with 400, where {@link Invalid} is 422. */
class Unreadable extends Invalid {

    private static final long serialVersionUID = 1L;

    Unreadable(String field, String key, Object... arguments) { super(field, key, arguments); }
}
