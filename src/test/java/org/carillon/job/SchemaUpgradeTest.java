package org.carillon.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.TestDatabase;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** REL-28: the schema of an older build, on which its nodes still live while ours brings it up to date. */
class SchemaUpgradeTest {

    /** What the build of 22 November 2026 had. */
    private static final List<String> OLDER = Arrays.asList(("101 102 103 201 202 203 204 301 302 303 304 305 306 307 308 310 311 320 321 330 335 360 365 401 402 403 404 405 406 "
        + "501 502 503").split(" "));
    private static final String SHAPE = """
        select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') from information_schema.columns where table_schema = 'public'
        union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
        union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
        union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
        union all select 'function ' || proname || ' ' || md5(prosrc) from pg_proc where pronamespace = 'public'::regnamespace
        union all select 'view ' || viewname || ' ' || definition from pg_views where schemaname = 'public'
        union all select 'sequence ' || sequencename || ' ' || increment_by from pg_sequences where schemaname = 'public'
        union all select 'grant ' || table_name || ' ' || privilege_type from information_schema.role_table_grants where grantee = 'carillon_app' and table_schema = 'public' order by 1""";
    private static final String QUEUED = "insert into message (id, location_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at) values (?, 1, ?, 'TRANSACTIONAL', 'x', 'x', "
        + "'NO_RESEND', now(), now() + interval '1 hour')";
    private static final String DUE = "insert into message_due (message_id, location_id, channel, priority, state, next_attempt_at, expires_at) values (?, 1, ?, 0, 'QUEUED', now(), now())";

    @Test @DisplayName("REL-28: an older schema comes to be what a new one is, and an older node goes on queueing while it does")
    void becomesWhatANewOneIs(@TempDir Path folder) throws IOException {
        TestDatabase older = TestDatabase.bare();
        try (Stream<Path> all = Files.list(Path.of("db/migration"))) {
            for (Path file : all.filter(file -> OLDER.contains(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"))).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        int applied = Flyway.configure().dataSource(older.as("postgres")).locations("filesystem:" + folder).placeholders(Map.of("app_role", "carillon_app")).load().migrate().migrationsExecuted;
        assertEquals(OLDER.size(), applied);
        Jdbi owner = older.owner();
        owner.useHandle(h -> h.execute("insert into location (id, code, name, zone, country, language) values (1, 'A', 'A', 'Etc/UTC', 'CA', 'fr')"));
        asAnOlderNode(owner, 1, "SMS");

        Schema.migrate(older.as("postgres"), "carillon_app");

        asAnOlderNode(owner, 2, "SMS");
        asAnOlderNode(owner, 3, "EMAIL");
        assertEquals(List.of("smpp", "smpp", "smtp"), owner.withHandle(h -> h.createQuery("select route from message_due order by message_id").mapTo(String.class).list()));
        assertEquals(String.join("\n", shape(TestDatabase.fresh())), String.join("\n", shape(older)));
        Schema.migrate(older.as("postgres"), "carillon_app");  // and once is enough
    }

    @Test @DisplayName("REL-28: numbers of orders and leads come in the steps in which an older node takes them")
    void leavesRoomForBlocks() {
        assertEquals(true, TestDatabase.fresh().owner().withHandle(h -> h.createQuery("select bool_and(increment_by = 50) from pg_sequences where sequencename in ('work_order_id_seq', 'lead_id_seq')")
            .mapTo(Boolean.class).one()));
    }

    private static void asAnOlderNode(Jdbi owner, long id, String channel) {
        owner.useHandle(h -> {
            h.execute(QUEUED, id, channel);
            h.execute(DUE, id, channel);
        });
    }

    private static List<String> shape(TestDatabase database) { return database.owner().withHandle(h -> h.createQuery(SHAPE).mapTo(String.class).list()); }
}
