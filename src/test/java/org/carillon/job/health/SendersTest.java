package org.carillon.job.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.carillon.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("REL-19: a missing From is told by name before the first e-mail")
class SendersTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private final Senders senders = new Senders(DATABASE.emptied().jdbi());

    @BeforeEach void open() {
        DATABASE.owner().useHandle(h -> h.createScript("""
            insert into location (id, code, name, zone, country, language, email_from) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr', ''),
              (2, 'PAR', 'Bastille', 'Europe/Paris', 'FR', 'fr', 'atelier@bastille.example'), (3, 'LYO', 'Lyon', 'Europe/Paris', 'FR', 'fr', '');
            insert into template (id, name) values (7, 'Prêt');
            insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id) values (9, 'a', 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'EMAIL,SMS', 7),
              (10, 'b', 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'SMS', 7), (11, 'c', 'PAUSED', 'ON_EVENT', 'ORDER_CREATED', 'EMAIL', 7);
            insert into automation_location values (9, 1), (9, 2), (10, 3), (11, 3);
            """).execute());
    }

    @Test void namesOnlyWhereAnEmailIsToLeave() { assertEquals(List.of("MTL"), senders.missing()); }

    @Test void countsWhatTheWholeCompanySends() {
        DATABASE.owner().useHandle(h -> {
            h.execute("delete from automation_location where automation_id = 9");
            h.execute("update automation set everywhere = true where id = 9");
        });
        assertEquals(List.of("LYO", "MTL"), senders.missing());
    }
}
