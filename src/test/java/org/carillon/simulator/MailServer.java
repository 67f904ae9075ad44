package org.carillon.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The provider's SMTP side. Written here because GreenMail costs 60 ms a connection and cannot fail at a chosen step. */
public final class MailServer implements Closeable {

    final Mailboxes mailboxes;
    final Faults faults;
    final SubmitLog log;

    private final ServerSocket socket;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    MailServer(int port, Mailboxes mailboxes, Faults faults, SubmitLog log) throws IOException {
        this.mailboxes = mailboxes;
        this.faults = faults;
        this.log = log;
        socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Simulator.daemon("smtp-accept").newThread(this::accept).start();
    }

    public int port() { return socket.getLocalPort(); }

    /** How many connections were opened since the start. */
    public int connections() { return connections.get(); }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                open.add(connection);
                int number = connections.incrementAndGet();
                Simulator.daemon("smtp-" + number).newThread(() -> {
                    try (connection) {
                        new MailSession(this, connection, number).run();
                    } catch (IOException e) {
                        // the other side hung up
                    } finally {
                        open.remove(connection);
                    }
                }).start();
            } catch (IOException e) {
                // closing, or a connection that was gone before it was taken
            }
        }
    }
}
