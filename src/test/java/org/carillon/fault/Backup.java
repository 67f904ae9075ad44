package org.carillon.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.carillon.run.Directories;
import org.carillon.run.Postgres;

/**
 * A base backup and an archive of the log, by PostgreSQL's own functions: what pg_basebackup does, which the embedded distribution lacks. From them a
 * recovery to a point in time (REL-29).
 */
final class Backup {

    private final Path data;
    private final Path base;
    private final Path archive;

    /** @param home where the server keeps {@code pg} */
    Backup(Path home) {
        data = home.resolve("pg").toAbsolutePath();
        base = home.resolve("base").toAbsolutePath();
        archive = archive(home);
    }

    /** With these the server can archive its log. */
    static Map<String, String> settings() { return Map.of("archive_mode", "on", "track_commit_timestamp", "on"); }

    /** From now on the log is archived beside the server's home, in a folder that is made new. */
    Backup begin(Postgres postgres) throws IOException, SQLException {
        Directories.delete(archive);
        Files.createDirectories(archive);
        try (Connection connection = postgres.as("postgres").getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("alter system set archive_command = 'cp %p " + archive + "/%f'");
            statement.execute("select pg_reload_conf()");
        }
        return this;
    }

    private static Path archive(Path home) { return home.toAbsolutePath().resolveSibling(home.getFileName() + "-archive"); }

    /** Copies the files of the running server; answers how many octets. */
    long take(Postgres postgres) throws IOException, SQLException {
        try (Connection connection = postgres.as("postgres").getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('drill', true)");
            long octets = copy(data, base, true);
            try (ResultSet row = statement.executeQuery("select labelfile, spcmapfile from pg_backup_stop(true)")) {
                row.next();
                Files.writeString(base.resolve("backup_label"), row.getString(1));
            }
            return octets;
        }
    }

    /** All that was written so far is in the archive when this returns. */
    void archiveAll(Postgres postgres) throws SQLException, InterruptedException {
        try (Connection connection = postgres.as("postgres").getConnection(); Statement statement = connection.createStatement()) {
            String last = one(statement, "select pg_walfile_name(pg_switch_wal())");
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!Files.exists(archive.resolve(last))) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(last + " is not archived: " + one(statement, "select last_failed_wal || ' ' || failed_count from pg_stat_archiver"));
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** In the place of the stopped server's files, which are kept beside them: those of the backup, and the log up to this instant. Returns when it writes again. */
    void restore(Postgres postgres, Instant target) throws IOException, SQLException, InterruptedException {
        Files.move(data, data.resolveSibling("pg-lost"), StandardCopyOption.ATOMIC_MOVE);
        copy(base, data, false);
        Files.createDirectories(data.resolve("pg_wal/archive_status"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Files.createFile(data.resolve("recovery.signal"));
        Files.writeString(data.resolve("postgresql.auto.conf"), "restore_command = 'cp " + archive + "/%f %p'\nrecovery_target_time = '" + target.toString().replace('T', ' ').replace("Z", "+00") + "'\nrecovery_target_action = 'promote'\n");
        postgres.again();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (Connection connection = postgres.as("postgres").getConnection(); Statement statement = connection.createStatement()) {
            while (one(statement, "select pg_is_in_recovery()::text").equals("true")) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the recovery does not end");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** @param live a server writes meanwhile: what vanishes is of no account, and its log and its process are its own */
    private static long copy(Path from, Path to, boolean live) throws IOException {
        long octets = 0;
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                String name = from.relativize(file).toString();
                if (live && (name.startsWith("pg_wal/") || name.equals("postmaster.pid") || name.equals("postmaster.opts"))) {
                    continue;
                }
                try {
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(to.resolve(name));
                    } else {
                        Files.copy(file, to.resolve(name));
                        octets += Files.size(to.resolve(name));
                    }
                } catch (java.nio.file.NoSuchFileException e) {
                    if (!live) {
                        throw e;
                    }
                }
            }
        }
        return octets;
    }
}
