package org.carillon.fault;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy on loopback between a node and what it talks to, which breaks the link as told. A connection that lost octets in a blackhole stays dead
 * when the link is healed, as after a router forgot it: either without a word, or reset ({@link #heal(boolean)}).
 */
final class FaultProxy implements Closeable {

    private static final int CHUNK = 8_192;

    private final class Pair {

        private final Socket client;
        private final Socket server;
        private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
        private volatile boolean dead;

        private Pair(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            limit(toxic);
        }

        private void limit(Toxic now) { left.set(now instanceof Toxic.Limit limit ? limit.octets() : Long.MAX_VALUE); }

        private void pump(Socket from, Socket to) {
            byte[] chunk = new byte[CHUNK];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n; (n = in.read(chunk)) >= 0;) {
                    if (!pass(chunk, n, out)) {
                        reset();
                        return;
                    }
                }
                if (toxic instanceof Toxic.SlowClose slow) {
                    sleep(slow.by().toMillis());
                }
                if (!dead) {
                    close(from, to);
                }
            } catch (IOException e) {
                if (!dead) {
                    close(from, to);
                }
            } finally {
                if (from.isClosed() && to.isClosed()) {
                    pairs.remove(this);
                }
            }
        }

        /** False where the connection is to be reset. */
        private boolean pass(byte[] chunk, int n, OutputStream out) throws IOException {
            Toxic now = toxic;
            if (dead || now instanceof Toxic.Blackhole) {
                dead = true;
                return true;
            }
            if (now instanceof Toxic.Reset || now instanceof Toxic.Refuse) {
                return false;
            }
            if (now instanceof Toxic.Latency latency) {
                sleep((long) (latency.by().toMillis() * 2 * random.nextDouble()));
            } else if (now instanceof Toxic.Bandwidth slow) {
                sleep(1_000L * n / slow.perSecond());
            }
            if (toxic instanceof Toxic.Blackhole) {
                dead = true;  // it came while this piece waited
                return true;
            }
            long room = left.addAndGet(-n);
            out.write(chunk, 0, (int) Math.max(0, Math.min(n, n + room)));
            out.flush();
            return room > 0;
        }

        private void reset() {
            try {
                client.setSoLinger(true, 0);
                server.setSoLinger(true, 0);
            } catch (IOException e) {
                // closed already
            }
            close(client, server);
            pairs.remove(this);
        }

        private void close(Socket... sockets) {
            for (Socket socket : sockets) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // it is gone either way
                }
            }
        }
    }

    private final int target;
    private final int port;
    private final Random random;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connects = new AtomicInteger();
    private volatile ServerSocket door;
    private Socket held = new Socket();
    private volatile Toxic toxic = Toxic.NONE;
    private volatile boolean closed;

    private FaultProxy(int target, long seed) throws IOException {
        this.target = target;
        this.random = new Random(seed);
        door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        port = door.getLocalPort();
        thread("accept", this::accept);
    }

    /** Listens on a free port for what is meant for the port given. */
    static FaultProxy to(int port, long seed) throws IOException { return new FaultProxy(port, seed); }

    int port() { return port; }

    /** Connections that were asked for since the start. While {@link Toxic.Refuse} holds they are not seen. */
    int connects() { return connects.get(); }

    synchronized void afflict(Toxic next) throws IOException {
        toxic = next;
        pairs.forEach(pair -> pair.limit(next));
        if (next instanceof Toxic.Refuse) {
            door.close();
            hold();
            cut();
        } else if (door.isClosed() && !closed) {
            open();
        }
    }

    /** The link works again. What lost octets is reset, or stays silent until its owner hangs up. */
    void heal(boolean reset) throws IOException {
        if (reset) {
            pairs.stream().filter(pair -> pair.dead).forEach(Pair::reset);
        }
        afflict(Toxic.NONE);
    }

    /** Resets what is open now. */
    void cut() { pairs.forEach(Pair::reset); }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        door.close();
        held.close();
        cut();
    }

    /** Bound and deaf: who connects is refused, and nobody else on this machine gets the port, not even as the near end of the very connection that is tried. */
    private void hold() throws IOException {
        if (held.isBound()) {
            return;
        }
        held.setReuseAddress(true);
        for (int tries = 0; ; tries++) {
            try {
                held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (BindException e) {
                if (tries == 100) {
                    throw e;
                }
                sleep(20);  // the thread that accepted has not let go of the door yet
            }
        }
    }

    private void open() throws IOException {
        held.close();
        held = new Socket();
        ServerSocket next = new ServerSocket();
        next.setReuseAddress(true);
        next.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        door = next;
        thread("accept", this::accept);
    }

    private void accept() {
        ServerSocket mine = door;
        while (!mine.isClosed()) {
            try {
                Socket client = mine.accept();
                connects.incrementAndGet();
                try {
                    Pair pair = new Pair(client, new Socket(InetAddress.getLoopbackAddress(), target));
                    pairs.add(pair);
                    thread("out", () -> pair.pump(pair.client, pair.server));
                    thread("in", () -> pair.pump(pair.server, pair.client));
                } catch (IOException e) {
                    client.setSoLinger(true, 0);  // nobody behind us: as good as refused
                    client.close();
                }
            } catch (IOException e) {
                // closing, or a client that was gone before it was taken
            }
        }
    }

    private void thread(String name, Runnable work) {
        Thread thread = new Thread(work, "proxy-" + target + "-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
