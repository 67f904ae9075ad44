package org.carillon.delivery.smpp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.Peer;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;

/** Opens the line to the SMSC; with TLS only to the host that was asked for, without TLS never unnoticed to a public address (SEC-27). */
final class SmppLine implements ConnectionFactory {

    /** The line would not be safe: a person must look. */
    static final class Unsafe extends IOException {
        Unsafe(String message, Throwable cause) { super(message, cause); }
    }

    private static final int CONNECT_MILLIS = 10_000;

    private final SmppSettings settings;
    private final SSLSocketFactory tls;

    SmppLine(SmppSettings settings, SSLSocketFactory tls) {
        this.settings = settings;
        this.tls = tls;
    }

    @Override
    public Connection createConnection(String host, int port) throws IOException {
        Peer peer = Peer.lookUp(host, port);
        if (!settings.tls() && peer.isPublic() && !settings.plaintextAllowed()) throw new Unsafe("a public address without TLS", null);
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(peer.address(), port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            return new SocketConnection(settings.tls() ? secured(socket, host, port) : socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket secured(Socket socket, String host, int port) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(CONNECT_MILLIS);
        try {
            secured.startHandshake();
        } catch (SSLException e) {
            throw new Unsafe("TLS failed", e);
        }
        return secured;
    }
}
