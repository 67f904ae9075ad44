package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FileIT {

    @Test @DisplayName("LAW-21: one customer's whole file as JSON, for an administrator's token only, and fast")
    void answersTheWholeFile() {
        Rest shop = Rest.demo();
        String ref = Rest.ref();
        assertEquals(201, shop.put("customers/" + ref, "{'location':'MTL','name':'Rose Coté','language':'fr','phones':[{'number':'514 555-0178'}],'email':'rose@home.example',"
            + "'consent':{'sms':true,'basis':'au comptoir'},'vehicles':[{'ref':'V','make':'Mazda','model':'CX-5','year':2020}]}").status());
        long began = System.nanoTime();
        Rest.Answer answer = shop.get("customers/" + ref + "/file");
        assertEquals(200, answer.status(), answer.toString());
        assertTrue(System.nanoTime() - began < 60_000_000_000L);
        JsonObject file = answer.json();
        assertEquals(Set.of("appointments", "consents", "customer", "emails", "events", "leads", "messages", "orders", "phones", "planned", "sales", "stops", "vehicles", "written"), new TreeSet<>(file.keySet()));
        assertEquals("Rose Coté", file.getJsonArray("customer").getJsonObject(0).getString("name"));
        assertEquals("+15145550178", file.getJsonArray("phones").getJsonObject(0).getString("e164"));
        assertEquals("au comptoir", file.getJsonArray("consents").getJsonObject(0).getString("basis"));
        assertEquals(2020, file.getJsonArray("vehicles").getJsonObject(0).getInt("year"));
        assertEquals(404, shop.get("customers/" + Rest.ref() + "/file").status());
        assertEquals(403, Rest.of("file-reader", "READ").get("customers/" + ref + "/file").status());
        assertEquals("no-store", answer.header("Cache-Control"));
    }
}
