package org.carillon.audience;

import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A query with its parameters bound apart: what people wrote is never part of the text.
 *
 * @param sql    gives customer_id, subject_type, subject_id, location_id and entry of each match, and what {@link Silence} asks of it
 * @param values by name
 */
public record Statement(String sql, Map<String, Object> values) {

    public Statement {
        values = Map.copyOf(values);
    }

    public <T extends SqlStatement<T>> T bind(T statement) {
        values.forEach((name, value) -> statement.bind(name, value));
        return statement;
    }
}
