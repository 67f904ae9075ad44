package org.carillon.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of a run: what it keeps and what it promises. */
class PostgresTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("REL-01 a kill of the server loses nothing that was committed")
    void keepsWhatWasCommittedWhenTheServerIsKilled() throws Exception {
        Postgres first = Postgres.start(folder.resolve("pg"), 0, folder.resolve("pg.log"));
        execute(first, "create table kept (n int)");
        execute(first, "insert into kept values (42)");
        long pid = Long.parseLong(Files.readAllLines(folder.resolve("pg/postmaster.pid")).get(0).strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().get(10, TimeUnit.SECONDS);
        first.close();
        try (Postgres second = Postgres.start(folder.resolve("pg"), 0, folder.resolve("pg.log"))) {
            assertEquals("42", read(second, "select n from kept"));
            for (String promise : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
                assertEquals("on", read(second, "show " + promise));
            }
            assertEquals("127.0.0.1", read(second, "show listen_addresses"));
        }
    }

    @Test
    void theApplicationCannotMakeTables() throws Exception {
        try (Postgres postgres = Postgres.start(folder.resolve("pg"), 0, folder.resolve("pg.log"));
             Connection connection = postgres.as("carillon_app").getConnection(); Statement statement = connection.createStatement()) {
            assertThrows(SQLException.class, () -> statement.execute("create table mine (n int)"));
        }
    }

    private static void execute(Postgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.as("carillon").getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(Postgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.as("carillon").getConnection(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
