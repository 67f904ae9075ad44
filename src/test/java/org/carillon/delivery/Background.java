package org.carillon.delivery;

import java.io.IOException;

/** Work of a scripted peer on a thread of its own, over when a socket closes. */
public final class Background {

    /** Talks to sockets. */
    public interface Work {
        void run() throws IOException;
    }

    private Background() { }

    public static void run(String name, Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // the peer or the test has closed
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
    }
}
