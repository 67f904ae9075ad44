package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import org.carillon.run.Stack;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Appointments, sales and attributes as a system states them. */
class FactsIT {

    private final Rest rest = Rest.demo();

    private String customer() {
        String ref = Rest.ref();
        Rest.Answer answer = rest.put("customers/" + ref, "{'location':'MTL','name':'Ève Facts','vehicles':[{'ref':'V-1','make':'Toyota','model':'RAV4','year':2021}],'attributes':{'loyalty':'silver'}}");
        assertEquals(201, answer.status(), answer::toString);
        return ref;
    }

    private static List<String> events(String table, String ref) {
        return Stack.get().owner().withHandle(h -> h.createQuery("select type || case when silent then ' silent' else '' end || case when hushed then ' hushed' else '' end from business_event where subject_type = upper('" + table + "') and subject_id = "
            + "(select id from " + table + " where source = 'demo' and ref = :ref) order by id").bind("ref", ref).mapTo(String.class).list());
    }

    @Test @DisplayName("design.md section 6: what GET answers PUT takes; a repeated PUT fires nothing, a moved start is a move")
    void anAppointmentIsState() {
        String ref = Rest.ref();
        String said = "{'location':'MTL','customer':'" + customer() + "','startAt':'2031-04-07T10:00','endAt':'2031-04-07T11:00','vehicle':'V-1','userReference':'Josée Lapointe','attributes':{'service':'oil'}}";
        assertEquals(201, rest.put("appointments/" + ref, said).status());
        JsonObject known = rest.get("appointments/" + ref).json();
        assertEquals("2031-04-07T10:00:00-04:00", known.getString("startAt"));
        assertEquals("BOOKED", known.getString("status"));
        assertEquals("oil", known.getJsonObject("attributes").getString("service"));
        assertEquals(200, rest.put("appointments/" + ref, known.toString()).status());
        assertEquals(known, rest.get("appointments/" + ref).json());
        assertEquals(200, rest.put("appointments/" + ref, "{'startAt':'2031-04-08T09:30'}").status());
        assertEquals(200, rest.put("appointments/" + ref, "{'status':'canceled','attributes':{'service':null}}").status());
        assertEquals(List.of("APPOINTMENT_BOOKED", "APPOINTMENT_MOVED", "APPOINTMENT_CANCELLED"), events("appointment", ref));
        JsonObject last = rest.get("appointments/" + ref).json();
        assertEquals("2031-04-08T10:30:00-04:00", last.getString("endAt"), "the end moves along");
        assertTrue(last.getJsonObject("attributes").isEmpty());
    }

    @Test void aSaleIsRecordedOnceAndCorrected() {
        String ref = Rest.ref();
        String who = customer();
        assertEquals(201, rest.put("sales/" + ref, "{'location':'MTL','customer':'" + who + "','vehicle':{'make':'toyota','model':'RAV4'},'condition':'USED','deliveredOn':'2020-02-29'}").status());
        assertEquals(200, rest.put("sales/" + ref, "{'vehicle':{'year':2021},'deliveredOn':'2020-03-01'}").status());
        JsonObject known = rest.get("sales/" + ref).json();
        assertEquals("{\"make\":\"toyota\",\"model\":\"RAV4\",\"year\":2021}", known.getJsonObject("vehicle").toString());
        assertEquals("2020-03-01", known.getString("deliveredOn"));
        assertEquals(List.of("SALE_RECORDED silent"), events("sale", ref));
        long own = Stack.get().owner().withHandle(h -> h.createQuery("select count(vehicle_id) from sale where ref = :ref").bind("ref", ref).mapTo(Long.class).one());
        assertEquals(1, own, "the customer's own vehicle");
        JsonObject customer = rest.get("customers/" + who).json();
        assertEquals("{\"loyalty\":\"silver\"}", customer.getJsonObject("attributes").toString());
        assertEquals(200, rest.put("customers/" + who, customer.toString()).status());
        JsonObject file = rest.get("customers/" + who + "/file").json();
        assertEquals(1, file.getJsonArray("sales").size(), "LAW-21");
    }

    @Test @DisplayName("src/adr/0039: silence that was asked for is told from history, at each of what can happen")
    void remembersWhoAskedForSilence() {
        String who = customer(), past = Rest.ref(), next = Rest.ref(), sale = Rest.ref();
        assertEquals(201, rest.put("appointments/" + past, "{'location':'MTL','customer':'" + who + "','startAt':'2020-03-02T10:00'}").status());
        assertEquals(List.of("APPOINTMENT_BOOKED silent"), events("appointment", past));
        assertEquals(201, rest.put("appointments/" + next, "{'location':'MTL','customer':'" + who + "','startAt':'2031-04-07T10:00','notify':false}").status());
        assertEquals(200, rest.put("appointments/" + next, "{'startAt':'2031-04-08T09:30'}").status());
        assertEquals(200, rest.put("appointments/" + next, "{'status':'CONFIRMED','notify':false}").status());
        assertEquals(List.of("APPOINTMENT_BOOKED silent hushed", "APPOINTMENT_MOVED", "APPOINTMENT_CONFIRMED silent hushed"), events("appointment", next));
        assertEquals(200, rest.post("batch?notify=false", "[{'type':'sale','ref':'" + sale + "','body':{'location':'MTL','customer':'" + who + "','deliveredOn':'2020-03-01'}}]").status());
        assertEquals(List.of("SALE_RECORDED silent hushed"), events("sale", sale));
    }

    @Test void aBatchTakesBoth() {
        String who = customer();
        Rest.Answer answer = rest.post("batch", "[{'type':'appointment','ref':'" + Rest.ref() + "','body':{'location':'MTL','customer':'" + who + "','startAt':'2031-04-07T10:00'}},"
            + "{'type':'sale','ref':'" + Rest.ref() + "','body':{'location':'MTL','customer':'" + who + "'}}]");
        answer.json().getJsonArray("results").getValuesAs(JsonObject.class).forEach(result -> assertEquals(201, result.getInt("status"), answer::toString));
    }

    @Test @DisplayName("design.md section 6: a preview counts, names, pages and explains whom rules mean, and refuses by the place")
    void rulesAreAskedAboutThem() {
        String who = customer();
        rest.put("customers/" + who, "{'phones':[{'number':'514 555-0187','mobile':true}],'consent':{'sms':false},'attributes':{'loyalty':'silver'}}");
        rest.put("sales/" + Rest.ref(), "{'location':'MTL','customer':'" + who + "','vehicle':{'make':'Citroën'},'condition':'NEW','deliveredOn':'2020-02-29'}");
        String rules = "'groups':[[{'field':'sale.vehicle_make','operator':'contains','value':'CITROE'}],[{'field':'sale.vehicle_delivery_date','operator':'more_than','value':700}],"
            + "[{'field':'customer.meta_loyalty','operator':'is','value':'SILVER'}],[{'field':'appointment.next_one','operator':'does_not_exist'}]]";
        JsonObject counted = rest.post("audiences/preview", "{" + rules + ",'locations':['MTL']}").json();
        assertEquals("{\"matched\":1,\"reachable\":0,\"unreachable\":{\"NO_CONSENT\":1},\"sample\":[\"" + who + "\"]}", counted.toString());
        assertEquals(0, rest.post("audiences/preview", "{" + rules + ",'locations':['PAR']}").json().getInt("matched"));
        assertEquals("{\"refs\":[\"" + who + "\"],\"next\":null}", rest.post("audiences/preview?refs=true", "{" + rules + "}").json().toString());
        JsonObject why = rest.post("audiences/preview?customer=" + who, "{" + rules + "}").json();
        assertTrue(why.getBoolean("matched"), why::toString);
        assertEquals("Citroën", why.getJsonArray("groups").getJsonArray(0).getJsonObject(0).getString("actual"));
        String fortnight = "'groups':[[{'field':'sale.vehicle_make','operator':'contains','value':'CITROE'}],[{'field':'customer.meta_loyalty','operator':'is','value':'silver'}],"
            + "[{'field':'sale.vehicle_delivery_date','operator':'exactly','value':14}]],'locations':['MTL']";
        assertEquals(0, rest.post("audiences/preview", "{" + fortnight + "}").json().getInt("matched"));
        assertEquals(1, rest.post("audiences/preview", "{" + fortnight + ",'on':'2020-03-14'}").json().getInt("matched"), "B-15: as of a day");
        assertTrue(rest.post("audiences/preview?customer=" + who, "{" + fortnight + ",'on':'2020-03-14'}").json().getBoolean("matched"));
        assertEquals("{\"refs\":[],\"next\":null}", rest.post("audiences/preview?refs=true", "{" + fortnight + ",'on':'2020-03-15'}").json().toString());
        assertEquals("on", rest.post("audiences/preview", "{" + fortnight + ",'on':'14 mars'}").json().getString("field"));
        Rest.Answer refused = rest.post("audiences/preview", "{'groups':[[{'field':'sale.vehicle_make','operator':'contains','value':''}]]}");
        assertEquals(422, refused.status(), refused::toString);
        assertEquals("groups[0][0].value", refused.json().getString("field"), refused::toString);
    }
}
