package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.carillon.run.Stack;
import org.carillon.shop.Passwords;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A node whose mail server nobody has given a From for. */
class SenderIT {

    private static final String MISSING = "Aucune adresse d’expéditeur n’est réglée";

    @Test @DisplayName("REL-19: a location without a From is told by name before its first e-mail, on its page and in /health")
    void saysThatNoEmailCanLeave() throws Exception {
        try (Stack stack = Stack.own("sender", Map.of("carillon.smtp.from", ""))) {
            String hash = new Passwords().hash(House.PASSWORD);
            stack.owner().useHandle(h -> {
                h.execute("insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr')");
                h.execute("insert into staff (email, name, role, password) values ('m@house.example', 'Mireille', 'ADMINISTRATOR', ?)", hash);
            });
            Visitor boss = new Visitor(stack.url()).signedIn("m@house.example");
            assertTrue(boss.get("/location/edit.xhtml?code=MTL").body().contains(MISSING));
            assertTrue(boss.get("/location/list.xhtml").body().contains("Aucun expéditeur de courriels"));
            assertFalse(boss.get("/health").body().contains("no From"), "nobody wants to send one yet");
            stack.owner().useHandle(h -> {
                h.execute("insert into template (id, name) values (7, 'Prêt')");
                h.execute("insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id) values (9, 'a', 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'EMAIL', 7)");
                h.execute("insert into automation_location values (9, 1)");
            });
            assertEquals(503, boss.get("/health").statusCode());
            assertTrue(boss.get("/health").body().contains("\"no From\":\"MTL\""), () -> "MTL has none");
            stack.owner().useHandle(h -> h.execute("update location set email_from = 'atelier@rosemont.example'"));
            assertFalse(boss.get("/location/edit.xhtml?code=MTL").body().contains(MISSING));
            assertFalse(boss.get("/health").body().contains("no From"));
        }
    }
}
