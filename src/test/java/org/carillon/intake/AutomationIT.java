package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.carillon.run.Stack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An automation with an audience from JSON to the handset, at a location of its own. */
class AutomationIT {

    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final String NUMBER = "+14388675377";
    private static Stack stack;
    private static Rest rest;

    @BeforeAll static void open() {
        stack = Stack.get();
        rest = Rest.of("runs", "ADMIN");
        stack.owner().useTransaction(h -> {
            long place = h.createQuery("insert into location (code, name, zone, country, language, sms_sender) values ('RUNS', 'Garage des Rondes', 'America/Toronto', 'CA', 'fr', 'Rondes') returning id")
                .mapTo(Long.class).one();
            h.execute("insert into location_status select ?, id from order_status where active", place);
        });
    }

    @AfterAll static void close() {
        stack.owner().useHandle(h -> h.execute("update automation set state = 'PAUSED', rev = rev + 1, version = version + 1 where state = 'ACTIVE' and ref like 'runs-%'"));
    }

    private static String automation(String schedule, String sms) {
        return "{'name':'Merci','state':'ACTIVE','groups':[[{'field':'repair_order_closed.last_time','operator':'less_or_equal','value':{'daysAgo':2}}]],'schedule':" + schedule
            + ",'locations':['RUNS'],'channels':['SMS'],'texts':{'fr':{'sms':'" + sms + "'}}}";
    }

    @Test @DisplayName("KI-42, src/adr/0039: switched on by REST, looked for at its time, planned once, and on the handset; exported as it was imported")
    void arrivesAtItsTime() {
        LocalTime hour = stack.simulator().clock().now().atZone(ZONE).toLocalTime();  // the quiet hours are half a day away, whenever this runs
        stack.owner().useHandle(h -> h.createUpdate("update location set quiet_from = :from, quiet_to = :to where code = 'RUNS'").bind("from", hour.plusHours(12)).bind("to", hour.plusHours(13)).execute());
        String who = Rest.ref();
        assertEquals(201, rest.put("customers/" + who, "{'location':'RUNS','name':'Zoé Ronde','phones':[{'number':'438 867-5377','mobile':true}],'consent':{'sms':true}}").status());
        String hushed = Rest.ref();
        assertEquals(201, rest.put("customers/" + hushed, "{'location':'RUNS','name':'Yan Ronde','phones':[{'number':'438 867-5378','mobile':true}],'consent':{'sms':true}}").status());
        Instant closed = stack.simulator().clock().now().minus(20, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        String body = "{'location':'RUNS','customer':'%s','status':'CLOSED','openedAt':'" + closed + "','closedAt':'" + closed + "','notify':%s}";
        for (String order : List.of(body.formatted(who, true), body.formatted(hushed, false))) {
            Rest.Answer stored = rest.put("orders/" + Rest.ref(), order);
            assertEquals(201, stored.status(), stored::toString);
        }
        ZonedDateTime slot = stack.simulator().clock().now().atZone(ZONE).plusMinutes(3).truncatedTo(ChronoUnit.MINUTES);
        String said = automation("{'every':'DAY','at':'" + DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(slot) + "'}", "Merci {customer.name}, a bientot");
        Rest.Answer stored = rest.put("automations/runs-daily", said);
        assertEquals(201, stored.status(), stored::toString);
        JsonObject exported = rest.get("automations/runs-daily").json();
        assertEquals("ACTIVE", exported.getString("state"));
        assertEquals(200, rest.put("automations/runs-daily", exported.toString()).status());
        assertEquals(exported, rest.get("automations/runs-daily").json());
        stack.simulator().clock().moveTo(slot.plusSeconds(1).toInstant());
        await(() -> !stack.simulator().phones().receivedBy(NUMBER).isEmpty());
        assertTrue(stack.simulator().phones().receivedBy(NUMBER).get(0).toString().contains("Merci Zoé Ronde, a bientot"), stack.simulator().phones().receivedBy(NUMBER)::toString);
        assertEquals(List.of("DONE 2 1 1"), stack.owner().withHandle(h -> h.createQuery("select concat_ws(' ', r.state, r.matched, r.planned, r.silent) from audience_run r join automation a on a.id = r.automation_id "
            + "where a.ref = 'runs-daily'").mapTo(String.class).list()));
        assertEquals(1, stack.simulator().phones().receivedBy(NUMBER).size());
        assertEquals(List.of(), stack.simulator().phones().receivedBy("+14388675378"), "what was recorded without messages is no news");
    }

    @Test @DisplayName("Bad input of issue 5, by REST: a draft is kept with what it lacks, and is not switched on")
    void keepsADraftAndRefusesToSwitchItOn() {
        Rest.Answer draft = rest.put("automations/runs-draft", "{'name':'Ébauche','locations':['RUNS']}");
        assertEquals(201, draft.status(), draft::toString);
        assertTrue(draft.json().getJsonArray("warnings").size() >= 2, draft::toString);
        Rest.Answer refused = rest.put("automations/runs-draft", automation("{'every':'MINUTES','openingHours':true}", "Merci").replace("'SMS'", ""));
        assertEquals(422, refused.status(), refused::toString);
        assertEquals("period", refused.json().getString("field"), "the location has no opening hours: " + refused);
        assertEquals("Ébauche", rest.get("automations/runs-draft").json().getString("name"), "all or nothing");
        assertEquals(400, rest.put("automations/runs-draft", "{'naem':'x'}").status());
        assertEquals("schedule.every", rest.put("automations/runs-draft", "{'schedule':{'every':'YEAR'}}").json().getString("field"));
        assertEquals(404, Rest.of("elsewhere", "ADMIN", "PAR").put("automations/runs-draft", "{'name':'Stolen','locations':['PAR']}").status());
    }

    private static void await(java.util.function.BooleanSupplier done) {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not within a minute: " + stack.owner().withHandle(h -> h.createQuery("select a.ref || ' ' || r.state || coalesce(r.error, '') from audience_run r join automation a "
                    + "on a.id = r.automation_id").mapTo(String.class).list()) + stack.owner().withHandle(h -> h.createQuery("select concat_ws(' ', state, reason, detail, due_at) from planned_notification "
                    + "order by id desc limit 3").mapTo(String.class).list()));
            }
            java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }
}
