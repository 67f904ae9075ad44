package org.carillon.intake;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.carillon.conversation.UnsubscribeDesk;
import org.carillon.shop.Guesses;

/**
 * One-click unsubscribe (RFC 8058): mail programs post here, without cookie, sign-in or second step. Looking never unsubscribes, since link scanners
 * look at everything (LAW-17). Whatever the token, the answer is the same (SEC-28).
 */
@WebServlet(urlPatterns = "/hooks/unsubscribe/*")
public class UnsubscribeDoor extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY = 429;

    @Inject
    private transient UnsubscribeDesk desk;
    @Inject
    private transient Guesses guesses;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!desk.stop(token(request), false) && guesses.tooMany(request.getRemoteAddr())) {
            response.setHeader("Retry-After", "60");
            response.setStatus(TOO_MANY);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write("OK\n");
    }

    /** For people who open the address of the header by hand. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        String token = token(request);
        response.setHeader("Cache-Control", "no-store");
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", request.getContextPath() + "/open/unsubscribe.xhtml?t=" + (token.matches("[0-9a-f]{48}") ? token : ""));
    }

    private static String token(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null ? "" : path.substring(1);
    }
}
