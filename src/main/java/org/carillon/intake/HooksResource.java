package org.carillon.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.Inbox;
import org.carillon.delivery.Receipt;
import org.carillon.delivery.ReceiptDesk;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.RouteTable;
import org.carillon.delivery.Routing;
import org.carillon.delivery.http.Form;
import org.carillon.delivery.http.Hook;
import org.carillon.delivery.http.Hook.Kind;
import org.carillon.delivery.http.HttpGateway;
import org.carillon.fact.ApplicationClock;
import org.carillon.shop.Guesses;

/**
 * {@code /hooks/{route}}: what SMS providers call back, in the manner of Twilio. Public, so nothing is believed without its signature (SEC-18), and
 * whatever is wrong is answered alike. 200 says that it is stored (REL-24): the provider repeats everything else.
 */
@Path("hooks/{route}") @RequestScoped @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class HooksResource {

    static final int LARGEST_BODY = 65_536;

    private static final Logger LOG = System.getLogger(HooksResource.class.getName());
    private static final String SIGNATURE = "X-Twilio-Signature", NOTHING_TO_SAY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    @Inject
    private Routing routing;
    @Inject
    private ReceiptDesk receipts;
    @Inject
    private Inbox inbox;
    @Inject
    private ProviderStops stops;
    @Inject
    private Guesses guesses;
    @Inject
    private ApplicationClock clock;
    @Inject
    private RouteTable routes;
    @Inject
    private HttpServletRequest request;

    @POST @Path("status") @Signed
    public Response status(@PathParam("route") String route, @HeaderParam(SIGNATURE) String signature, InputStream body) throws IOException {
        Optional<Hook> hook = hook(route);
        Form form = form(body);
        if (!isSigned(hook, Kind.STATUS, form, signature)) {
            return hook.isEmpty() && isBeingMade(route) ? later() : refused();
        }
        Receipt receipt;
        try {
            receipt = hook.get().receipt(request.getQueryString(), form);
        } catch (IllegalArgumentException e) {
            return ignored(e);
        }
        receipts.record(receipt);
        stops.heed(receipt);
        return plain(Response.ok()).build();
    }

    @POST @Path("inbound") @Signed
    public Response inbound(@PathParam("route") String route, @HeaderParam(SIGNATURE) String signature, InputStream body) throws IOException {
        Optional<Hook> hook = hook(route);
        Form form = form(body);
        if (!isSigned(hook, Kind.INBOUND, form, signature)) {
            return hook.isEmpty() && isBeingMade(route) ? later() : refused();
        }
        try {
            inbox.receive(hook.get().text(form, clock.now()));
        } catch (IllegalArgumentException e) {
            return ignored(e);
        }
        return plain(Response.ok(NOTHING_TO_SAY, "text/xml;charset=utf-8")).build();  // answers take the road of all messages
    }

    private boolean isSigned(Optional<Hook> hook, Kind kind, Form form, String signature) {
        return form != null && hook.isPresent() && hook.get().isSigned(kind, request.getQueryString(), form, signature);
    }

    private Optional<Hook> hook(String route) {
        Optional<Gateway> gateway = routing.named(route);
        return gateway.isPresent() && gateway.get() instanceof HttpGateway http ? Optional.of(http.hook()) : Optional.empty();
    }

    /** A route that is known and not at work on this node: it cannot be judged, and a refusal would lose a STOP for good. */
    private boolean isBeingMade(String route) { return routes.named(route).filter(known -> !known.deleted() && known.protocol() == Protocol.HTTP).isPresent(); }

    private Response later() { return plain(Response.status(Response.Status.SERVICE_UNAVAILABLE)).header(HttpHeaders.RETRY_AFTER, 30).build(); }

    /** Null where it is none. */
    private static Form form(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw new TooLarge();
        }
        try {
            return Form.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whoever signs well is never turned away, however many others come from the same network (SEC-28). */
    private Response refused() {
        return guesses.tooMany(request.getRemoteAddr()) ? plain(Response.status(Response.Status.TOO_MANY_REQUESTS)).header(HttpHeaders.RETRY_AFTER, 60).build()
            : plain(Response.status(Response.Status.FORBIDDEN)).build();
    }

    /** Signed and beyond us: to refuse it would only bring it again. */
    private static Response ignored(IllegalArgumentException why) {
        LOG.log(Level.WARNING, "a signed callback of a provider means nothing to us: " + why.getMessage());
        return plain(Response.noContent()).build();
    }

    private static Response.ResponseBuilder plain(Response.ResponseBuilder answer) { return answer.header(HttpHeaders.CACHE_CONTROL, "no-store"); }
}
