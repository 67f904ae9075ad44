package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input: each has a clear outcome that names its field, and nothing is changed by it. */
class RefusalIT {

    private static final Rest REST = Rest.demo();

    @BeforeAll
    static void customer() { REST.put("customers/REFUSAL", "{'location':'MTL','name':'Refusal'}"); }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "customers; {'location':'MTL','name':'X','nickname':'Y'}; 400; nickname",
        "customers; {'location':'MTL','name':'X','consent':{'fax':true}}; 400; consent.fax",
        "customers; {'location':'MTL','name':7}; 400; name",
        "customers; {'location':'MTL','name':'X','phones':{}}; 400; phones",
        "customers; {'location':'MTL','name':'X','phones':[{'number':5}]}; 400; phones[0].number",
        "customers; {'location':'MTL','name':'X','phones':[{}]}; 422; phones[0].number",
        "customers; {'location':'MTL','name':'X','consent':{'sms':'yes'}}; 400; consent.sms",
        "customers; {'location':'MTL','name':'X','consent':{'sms':true,'at':'2026-01-01T10:00'}}; 400; consent.at",
        "customers; {'location':'MTL','name':'X','language':'de'}; 422; language",
        "customers; {'location':'NOWHERE','name':'X'}; 422; location",
        "customers; {'name':'X'}; 422; location",
        "customers; {'location':null,'name':'X'}; 422; location",
        "customers; {'location':'MTL'}; 422; name",
        "customers; {'location':'MTL','name':'X','vehicles':[{'year':19}]}; 422; vehicles.year",
        "orders; {'location':'MTL','customer':'REFUSAL','status':'FLYING'}; 422; status",
        "orders; {'location':'MTL','customer':'REFUSAL'}; 422; status",
        "orders; {'location':'MTL','customer':'nobody','status':'NEW'}; 422; customer",
        "orders; {'location':'NOWHERE','customer':'REFUSAL','status':'NEW'}; 422; location",
        "orders; {'customer':'REFUSAL','status':'NEW'}; 422; location",
        "orders; {'location':'MTL','status':'NEW'}; 422; customer",
        "orders; {'location':'MTL','customer':'REFUSAL','status':'NEW','dueAt':'soon'}; 400; dueAt",
        "orders; {'location':'MTL','customer':'REFUSAL','status':'NEW','dueAt':'2031-04-07'}; 422; dueAt",
        "orders; {'location':'MTL','customer':'REFUSAL','status':'NEW','dueAt':'9031-04-07T10:00'}; 422; dueAt",
        "orders; {'location':'MTL','customer':'REFUSAL','status':'NEW','vehicle':'V-9'}; 422; vehicle",
        "orders; {'location':'MTL','customer':'REFUSAL','status':'NEW','total':'12'}; 400; total",
        "orders; {'location':'MTL','customer':'REFUSAL','status':'NEW','total':1e40}; 422; total",
        "orders; {'location':'MTL','customer':'REFUSAL','status':'NEW','kind':'SHIP'}; 422; kind",
        "orders; {'location':'MTL','customer':'REFUSAL','status':'NEW','lines':[{'price':1}]}; 400; lines[0].price",
        "appointments; {'location':'MTL','customer':'REFUSAL'}; 422; startAt",
        "appointments; {'location':'MTL','customer':'REFUSAL','startAt':'2031-04-07'}; 422; startAt",
        "appointments; {'location':'MTL','customer':'REFUSAL','startAt':'2031-04-07T10:00','endAt':'2031-04-07T09:00'}; 422; endAt",
        "appointments; {'location':'MTL','customer':'REFUSAL','startAt':'2031-04-07T10:00','status':'FLYING'}; 422; status",
        "appointments; {'location':'MTL','customer':'nobody','startAt':'2031-04-07T10:00'}; 422; customer",
        "appointments; {'customer':'REFUSAL','startAt':'2031-04-07T10:00'}; 422; location",
        "appointments; {'location':'MTL','customer':'REFUSAL','startAt':'2031-04-07T10:00','vehicle':'none'}; 422; vehicle",
        "appointments; {'location':'MTL','customer':'REFUSAL','startAt':'2031-04-07T10:00','attributes':{'colour':'red'}}; 422; attributes.colour",
        "appointments; {'location':'MTL','customer':'REFUSAL','startAt':'2031-04-07T10:00','attributes':{'service':'flying'}}; 422; attributes.service",
        "appointments; {'location':'MTL','customer':'REFUSAL','startAt':'2031-04-07T10:00','attributes':{'service':true}}; 400; attributes.service",
        "appointments; {'location':'MTL','customer':'REFUSAL','startAt':'2031-04-07T10:00','dueAt':'2031-04-07T10:00'}; 400; dueAt",
        "customers; {'location':'MTL','name':'X','attributes':{'loyalty':5}}; 422; attributes.loyalty",
        "customers; {'location':'MTL','name':'X','attributes':[]}; 400; attributes",
        "sales; {'location':'MTL'}; 422; customer",
        "sales; {'location':'MTL','customer':'REFUSAL','deliveredOn':'2026-11-31'}; 400; deliveredOn",
        "sales; {'location':'MTL','customer':'REFUSAL','deliveredOn':'2026-11-30T10:00'}; 400; deliveredOn",
        "sales; {'location':'MTL','customer':'REFUSAL','condition':'OLD'}; 422; condition",
        "sales; {'location':'MTL','customer':'REFUSAL','vehicle':{'year':12}}; 422; vehicle.year",
        "sales; {'location':'MTL','customer':'REFUSAL','vehicle':{'wheels':4}}; 400; vehicle.wheels",
        "leads; {'location':'MTL','customer':'REFUSAL','status':'FLYING'}; 422; status",
        "leads; {'location':'MTL','customer':'REFUSAL'}; 422; status",
        "leads; {'location':'MTL','customer':'nobody','status':'NEW'}; 422; customer",
        "leads; {'location':'NOWHERE','customer':'REFUSAL','status':'NEW'}; 422; location",
        "leads; {'customer':'REFUSAL','status':'NEW'}; 422; location",
        "leads; {'location':'MTL','status':'NEW'}; 422; customer",
        "leads; {'location':'MTL','customer':'REFUSAL','contact':{'name':'X'},'status':'NEW'}; 422; contact",
        "leads; {'location':'MTL','contact':{'name':''},'status':'NEW'}; 422; contact.name",
        "leads; {'location':'MTL','contact':{'name':'X','vehicles':[]},'status':'NEW'}; 400; contact.vehicles",
        "leads; {'location':'MTL','contact':'X','status':'NEW'}; 400; contact",
        "leads; {'location':'MTL','customer':'REFUSAL','status':'NEW','dueAt':'2031-04-07T10:00'}; 400; dueAt",
        "leads; {'location':'MTL','customer':'REFUSAL','status':'NEW','order':'R-3001'}; 422; order",
        "orders; {'location':'MTL','customer':'REFUSAL','status':'NEW','lead':'nothing'}; 422; lead",
        "locations; {'name':'X','zone':'Mars/Base','country':'CA','language':'fr'}; 422; zone",
        "locations; {'name':'X','zone':'UTC','country':'CA','language':'fr'}; 422; zone",
        "locations; {'name':'X','zone':'America/Toronto','country':'XX','language':'fr'}; 422; country",
        "locations; {'name':'X','zone':'America/Toronto','country':'CA','language':'fr','openingHours':{'MON':[['08:00','25:00']]}}; 422; openingHours.MON[0]",
        "locations; {'name':'X','zone':'America/Toronto','country':'CA','language':'fr','quietHours':['21:00']}; 400; quietHours",
        "locations; {'zone':'America/Toronto','country':'CA','language':'fr'}; 422; name"})
    void namesTheField(String things, String body, int status, String field) {
        String ref = things.equals("locations") ? "BAD" : Rest.ref();
        Rest.Answer answer = REST.put(things + "/" + ref, body);
        assertEquals(status, answer.status(), answer::toString);
        assertEquals("application/problem+json", answer.header("Content-Type").split(";")[0]);
        String named = answer.json().getString("field", null);
        assertTrue(named != null && (named.equals(field) || named.startsWith(field)), answer::toString);
        assertFalse(answer.json().getString("detail").contains("???"), answer::toString);
        assertEquals(404, REST.get(things + "/" + ref).status(), "nothing was stored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"x\"", "{\"name\":\"a\",\"name\":\"b\"}", "{} {}"})
    void refusesWhatIsNoObject(String body) { assertEquals(400, REST.call("PUT", "customers/" + Rest.ref(), body, "application/json").status()); }

    @Test
    void speaksTheCallersLanguage() {
        Rest.Answer french = REST.call("PUT", "customers/X1", "{}", "application/json", "Accept-Language", "fr-CA,fr;q=0.9,en;q=0.5");
        Rest.Answer english = REST.call("PUT", "customers/X1", "{}", "application/json", "Accept-Language", "en-GB");
        assertTrue(french.json().getString("detail").contains("Remplissez"), french::toString);
        assertTrue(english.json().getString("detail").contains("Fill it in"), english::toString);
    }

    @Test
    @DisplayName("SEC-05: JSON only")
    void takesJsonOnly() {
        assertEquals(415, REST.call("PUT", "customers/X1", "{}", "text/plain").status());
        assertEquals(415, REST.call("POST", "batch", "a=b", "application/x-www-form-urlencoded").status());
        assertEquals(406, REST.call("GET", "messages", null, null, "Accept", "text/html").status());
        assertEquals(405, REST.call("DELETE", "orders/X1", null, null).status());
        assertEquals(404, REST.get("nothing").status());
    }

    @Test
    @DisplayName("SEC-31: a body has 1 MB at most")
    void limitsTheBody() {
        String body = "{\"location\":\"MTL\",\"name\":\"" + "x".repeat(1 << 20) + "\"}";
        assertEquals(413, REST.call("PUT", "customers/" + Rest.ref(), body, "application/json").status());
    }

    @Test
    @DisplayName("SEC-05: no CORS")
    void allowsNoOtherOrigin() {
        Rest.Answer answer = REST.call("GET", "messages", null, null, "Origin", "https://elsewhere.example");
        assertEquals("", answer.header("Access-Control-Allow-Origin"));
    }

    @Test
    @DisplayName("SEC-10: what looks like an expression is text")
    void evaluatesNothing() {
        JsonObject problem = REST.put("orders/" + Rest.ref(), "{'location':'MTL','customer':'#{7*7}${7*7}{0}','status':'NEW'}").json();
        assertTrue(problem.getString("detail").contains("#{7*7}${7*7}{0}"), problem::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages?costumer=x", "planned?limit=0", "messages?state=LOST", "messages?from=yesterday", "messages?limit=10&limit=20"})
    void refusesAQueryThatItDoesNotUnderstand(String path) { assertEquals(400, REST.get(path).status()); }

    @ParameterizedTest
    @ValueSource(strings = {"messages?customer=nobody", "planned?order=nothing"})
    void findsNothingForWhoIsNotThere(String path) { assertEquals(404, REST.get(path).status()); }
}
