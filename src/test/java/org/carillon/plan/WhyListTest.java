package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.fact.EventType;
import org.carillon.report.Why;
import org.carillon.report.WhyList;
import org.carillon.report.WhyList.Subject;
import org.carillon.shop.Scope;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The facts behind "why (not)", on a real database. */
class WhyListTest {

    private final Shop shop = new Shop();
    private final WhyList list = new WhyList(shop.jdbi);

    private List<String> whys(long order) {
        Subject subject = list.order(Scope.everything(), order).orElseThrow();
        return list.ofOrder(subject).stream().map(row -> Why.of(row, subject, shop.clock.now())).map(why -> why.look() + " " + why.key() + " " + why.reason() + " " + why.warning()).toList();
    }

    @Test @DisplayName("B-03: of each notification of the order's location what became of it, or why it was never called for; nothing of another location")
    void explainsEveryNotificationOfTheLocation() {
        shop.at("2027-03-01T15:00:00Z");
        shop.run("insert into location_status select " + shop.location + ", id from order_status on conflict do nothing");
        shop.automation("ORDER_CREATED", null, "Bienvenue", "");
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Prêt", "");
        shop.reminder(1, "DAYS", "Demain", "");
        long refused = shop.order(shop.customer("Sophie", "fr", false, "+15145550142"));
        shop.record(refused, EventType.ORDER_CREATED, "NEW", Map.of("status", "NEW"), false);
        shop.releaser.releaseDue();
        assertEquals(List.of("SKIPPED REASON NO_CONSENT NONE", "SKIPPED NEVER_REACHED null NO_CONSENT", "SKIPPED NO_DUE_DATE null NO_CONSENT"), whys(refused));

        long sent = shop.order(shop.customer("Luc", "fr", true, "+15145550143"));
        shop.record(sent, EventType.ORDER_CREATED, "NEW", Map.of("status", "NEW"), false);
        shop.releaser.releaseDue();
        shop.due(sent, "2027-03-04T15:00");
        assertEquals(List.of("PLANNED ON_ITS_WAY null NONE", "SKIPPED NEVER_REACHED null NONE", "PLANNED PLANNED null NONE"), whys(sent));
        shop.automation("ORDER_CREATED", null, "Plus tard", "");
        assertTrue(whys(sent).contains("SKIPPED NOT_THERE_THEN null NONE"), whys(sent).toString());
        shop.run("update automation set state = 'PAUSED' where event_type = 'ORDER_STATUS_CHANGED'");
        assertTrue(whys(sent).contains("SKIPPED SWITCHED_OFF null NONE"), whys(sent).toString());
        shop.run("delete from automation_location where automation_id in (select id from automation where trigger_kind = 'AROUND_DATE')");
        assertEquals(3, whys(sent).size());
        assertTrue(list.order(Scope.of(Set.of(-1L)), sent).isEmpty(), "somebody else's");
    }
}
