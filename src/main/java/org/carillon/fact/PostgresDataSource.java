package org.carillon.fact;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL by its URL alone: the server sets its default host, localhost, after the URL of a data source definition, and would win.
 */
public class PostgresDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    @Override
    public void setServerName(String ignored) {
        // the URL names the host
    }
}
