package org.carillon.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
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

    @Test
    void theFirstConnectionWaitsForADatabaseThatIsStillStarting() throws Exception {
        int real = Integer.parseInt(TestDatabase.fresh().url().replaceAll(".*:(\\d+)/.*", "$1"));
        try (Starting starting = new Starting(2, real)) {
            PostgresDataSource source = source(starting.port(), "60");
            try (Connection connection = source.getConnection("postgres", "")) {
                assertTrue(connection.isValid(5));
            }
            assertEquals(3, starting.calls.get());
        }
    }

    @Test
    @DisplayName("REL-30: a node that starts while all connections are taken waits for one, since a deployment that fails serves nobody")
    void theFirstConnectionWaitsForAFreeOne() throws Exception {
        Jdbi owner = TestDatabase.fresh().owner();
        owner.useHandle(h -> h.execute("drop role if exists narrow"));
        owner.useHandle(h -> h.execute("create role narrow login connection limit 1"));
        int real = owner.withHandle(h -> h.createQuery("show port").mapTo(Integer.class).one());
        try (Starting starting = new Starting(0, real)) {
            CompletableFuture<Boolean> waited;
            try (Connection taken = source(real, "0").getConnection("narrow", "")) {
                assertTrue(taken.isValid(5));
                assertEquals("53300", assertThrows(SQLException.class, () -> source(real, "0").getConnection("narrow", "")).getSQLState());
                PostgresDataSource source = source(starting.port(), "60");
                waited = CompletableFuture.supplyAsync(() -> {
                    try (Connection connection = source.getConnection("narrow", "")) {
                        return connection.isValid(5);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
                while (starting.calls.get() < 3 && !waited.isDone()) {
                    Thread.onSpinWait();
                }
            }
            assertTrue(waited.get(60, TimeUnit.SECONDS));
        } finally {
            owner.useHandle(h -> h.execute("drop role narrow"));
        }
    }

    @Test
    void aDatabaseThatDoesNotComeIsToldWhenPatienceEnds() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertEquals("08001", assertThrows(SQLException.class, () -> source(closed, "1").getConnection("postgres", "")).getSQLState());
    }

    @Test
    void afterTheFirstConnectionNobodyWaits() throws Exception {
        int real = Integer.parseInt(TestDatabase.fresh().url().replaceAll(".*:(\\d+)/.*", "$1"));
        try (Starting starting = new Starting(0, real)) {
            PostgresDataSource source = source(starting.port(), "3600");
            source.getConnection("postgres", "").close();
            starting.refusals.set(Integer.MAX_VALUE);
            assertThrows(SQLException.class, () -> source.getConnection("postgres", ""));
        }
    }

    private static PostgresDataSource source(int port, String patience) {
        PostgresDataSource source = new PostgresDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
        source.setPatience(patience);
        return source;
    }

    /** Hangs up on the first callers, then is the real server. A closed door would not do: its port is free for whoever comes next. */
    private static final class Starting implements AutoCloseable {

        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger refusals;

        Starting(int refusals, int real) throws IOException {
            this.refusals = new AtomicInteger(refusals);
            daemon(() -> {
                while (true) {
                    Socket caller = door.accept();
                    if (calls.incrementAndGet() <= this.refusals.get()) {
                        caller.close();
                        continue;
                    }
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), real);
                    daemon(() -> caller.getInputStream().transferTo(server.getOutputStream()));
                    daemon(() -> server.getInputStream().transferTo(caller.getOutputStream()));
                }
            });
        }

        int port() { return door.getLocalPort(); }

        @Override public void close() throws IOException { door.close(); }

        private interface Work {
            void go() throws IOException;
        }

        private static void daemon(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.go();
                } catch (IOException e) {
                    // the other side is gone
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }
}
