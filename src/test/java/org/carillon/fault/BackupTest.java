package org.carillon.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.carillon.fact.Database;
import org.carillon.run.Directories;
import org.carillon.run.Postgres;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the drill restores a database at all. */
@Timeout(180)
class BackupTest {

    private static final String TIMELINE = "select substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8)";

    @Test @DisplayName("REL-29: a recovery to a point in time knows what was committed before it, and nothing after; the timeline is another")
    void goesBackToAPointInTime() throws Exception {
        Path home = Path.of("target", "backup-test");
        Postgres.stopLeftOver(home.resolve("pg"));
        Directories.delete(home);
        try (Postgres postgres = Postgres.start(home.resolve("pg"), 0, home.resolve("postgres.log"), Backup.settings())) {
            Backup backup = new Backup(home).begin(postgres);
            Jdbi owner = Database.prepare(Jdbi.create(postgres.as("carillon")));
            owner.useHandle(h -> h.execute("create table seen (n int)"));
            owner.useHandle(h -> h.execute("insert into seen values (1)"));
            backup.take(postgres);
            owner.useHandle(h -> h.execute("insert into seen values (2)"));
            Instant point = owner.withHandle(h -> h.createQuery("select clock_timestamp()").mapTo(Instant.class).one());
            TimeUnit.MILLISECONDS.sleep(20);
            owner.useHandle(h -> h.execute("insert into seen values (3)"));
            backup.archiveAll(postgres);
            Jdbi superuser = Database.prepare(Jdbi.create(postgres.as("postgres")));
            assertEquals("00000001", superuser.withHandle(h -> h.createQuery(TIMELINE).mapTo(String.class).one()));

            postgres.crash("INT");
            backup.restore(postgres, point);

            assertEquals(List.of(1, 2), owner.withHandle(h -> h.createQuery("select n from seen order by n").mapTo(Integer.class).list()));
            assertEquals("00000002", superuser.withHandle(h -> h.createQuery(TIMELINE).mapTo(String.class).one()));
        }
    }
}
