package org.carillon.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PostgresDataSourceTest {

    @Test
    void aHostThatTheServerSetsAfterTheUrlDoesNotWin() {
        PostgresDataSource source = new PostgresDataSource();
        source.setUrl("jdbc:postgresql://db.example.net:6000/carillon");
        source.setServerName("localhost");
        source.setReWriteBatchedInserts(true);
        assertEquals("db.example.net", source.getServerNames()[0]);
        assertEquals(6000, source.getPortNumbers()[0]);
        assertEquals("carillon", source.getDatabaseName());
    }
}
