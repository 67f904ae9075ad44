package org.carillon.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultProxyTest {

    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach void listen() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServerSocket mine = echo;
        Thread thread = new Thread(() -> {
            while (!mine.isClosed()) {
                try {
                    Socket socket = mine.accept();
                    new Thread(() -> {
                        try (socket) {
                            socket.getInputStream().transferTo(socket.getOutputStream());
                        } catch (IOException e) {
                            // hung up
                        }
                    }).start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        proxy = FaultProxy.to(echo.getLocalPort(), 1);
    }

    @AfterEach void close() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(1_000);
        return socket;
    }

    private static int say(Socket socket, int octet) throws IOException {
        socket.getOutputStream().write(octet);
        return socket.getInputStream().read();
    }

    @Test void passesEverythingWhenNothingIsWrong() throws IOException {
        try (Socket socket = connect()) {
            assertEquals(7, say(socket, 7));
        }
        assertEquals(1, proxy.connects());
    }

    @Test void swallowsWithoutAWordAndResetsOnlyWhenAsked() throws IOException {
        try (Socket silent = connect(); Socket reset = connect()) {
            say(silent, 1);
            proxy.afflict(new Toxic.Blackhole());
            silent.setSoTimeout(200);
            assertThrows(SocketTimeoutException.class, () -> say(silent, 2));
            proxy.heal(false);
            assertThrows(SocketTimeoutException.class, () -> say(silent, 3), "it lost octets: no later one may pass");
            assertEquals(4, say(reset, 4), "it sent nothing meanwhile");
            proxy.afflict(new Toxic.Blackhole());
            reset.setSoTimeout(200);
            assertThrows(SocketTimeoutException.class, () -> say(reset, 5));
            proxy.heal(true);
            assertThrows(SocketException.class, () -> say(reset, 6));
            try (Socket next = connect()) {
                assertEquals(7, say(next, 7));
            }
        }
    }

    @Test void resetsInTheMiddleOfWhatIsSent() throws IOException {
        try (Socket socket = connect()) {
            say(socket, 1);
            proxy.afflict(new Toxic.Limit(3));
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 10; i++) {
                    if (say(socket, i) < 0) {
                        throw new SocketException("the end");
                    }
                }
            });
        }
    }

    @Test void refusesAndListensAgainOnTheSamePort() throws IOException {
        proxy.afflict(new Toxic.Refuse());
        assertThrows(ConnectException.class, this::connect);
        proxy.heal(true);
        try (Socket socket = connect()) {
            assertEquals(1, say(socket, 1));
        }
    }

    @Test void slowsDown() throws IOException {
        try (Socket socket = connect()) {
            proxy.afflict(new Toxic.Bandwidth(10));  // each octet waits a tenth of a second, both ways
            long began = System.nanoTime();
            say(socket, 1);
            assertTrue(System.nanoTime() - began >= Duration.ofMillis(190).toNanos());
            proxy.afflict(new Toxic.Latency(Duration.ofMillis(1)));
            assertEquals(2, say(socket, 2));
        }
    }

    @Test void passesAHangUpOnLate() throws Exception {
        proxy.close();
        echo.close();
        echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        proxy = FaultProxy.to(echo.getLocalPort(), 1);
        proxy.afflict(new Toxic.SlowClose(Duration.ofMillis(300)));
        try (Socket client = connect(); Socket server = echo.accept()) {
            client.close();
            server.setSoTimeout(100);
            assertThrows(SocketTimeoutException.class, () -> server.getInputStream().read());
            server.setSoTimeout(5_000);
            int read;
            try {
                read = server.getInputStream().read();
            } catch (SocketException e) {
                read = -1;
            }
            assertEquals(-1, read);
        }
    }
}
