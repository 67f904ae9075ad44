package org.carillon.run;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.carillon.delivery.Route;
import org.carillon.delivery.SecretBox;
import org.carillon.simulator.MessagesApi;
import org.jdbi.v3.core.Jdbi;

/** The way over HTTP to the simulator, which Paris takes first: a route as somebody would open it on its page. */
final class DemoRoute {

    static final String CODE = "http";

    private DemoRoute() { }

    /** A key for secrets, the same as long as the file is there; readable by its owner only. */
    static String key(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, Base64.getEncoder().encodeToString(key), StandardCharsets.US_ASCII);
            file.toFile().setReadable(false, false);
            file.toFile().setReadable(true, true);
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    /** Opens it, or leads it to where the simulator is this time. */
    static void open(Jdbi owner, String key, URI simulator) {
        Route.Sealed sealed = new SecretBox(key, null).seal(CODE, Map.of("authToken", MessagesApi.TOKEN));
        String settings = "{\"url\":\"" + simulator.toString().replaceAll("/$", "") + "\",\"accountSid\":\"" + MessagesApi.ACCOUNT + "\",\"sender\":\"CARILLON\",\"segmentPrice\":\"0.0640 EUR\"}";
        owner.useTransaction(h -> {
            boolean fresh = h.createUpdate("insert into route (code, channel, protocol, name, settings, changed_by) values (:code, 'SMS', 'HTTP', 'Simulateur (HTTP)', '{}', 'demo') on conflict do nothing")
                .bind("code", CODE).execute() == 1;
            h.createUpdate("update route set settings = :settings::jsonb, sealed = decode(:text, 'base64'), nonce = decode(:nonce, 'base64'), key_id = :key, version = version + 1 where code = :code")
                .bind("settings", settings).bind("text", sealed.text()).bind("nonce", sealed.nonce()).bind("key", sealed.keyId()).bind("code", CODE).execute();
            if (fresh) {
                h.execute("insert into route_choice (channel, location_id, rank, route) select 'SMS', id, r.rank, r.route from location, (values (1, ?), (2, 'smpp')) r (rank, route) where code = 'PAR'", CODE);
            }
            h.execute("update route_revision set revision = revision + 1");
            h.execute("notify carillon_route");
        });
    }
}
