package org.carillon.report;

import java.util.List;

/**
 * A part of a long list.
 *
 * @param next where the following part begins (keyset, never a count of rows to skip), null at the end
 */
public record Part<T>(List<T> rows, String next) {

    static final int SIZE = 50;

    public boolean isEmpty() { return rows.isEmpty(); }
}
