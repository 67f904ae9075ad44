package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.carillon.fact.Invalid;
import org.carillon.repair.OrderKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

    @Test
    void tellsLeftOutFromNullFromAValue() {
        Body body = Body.of("{\"name\":null,\"language\":\"fr\"}");
        assertFalse(body.text("firstName", 10).present());
        assertTrue(body.text("name", 10).present());
        assertNull(body.text("name", 10).value());
        assertEquals("fr", body.text("language", 10).value());
    }

    @Test @DisplayName("SEC-12: an unknown property is refused by name")
    void refusesAnUnknownPropertyByItsPath() {
        Body body = Body.of("{\"consent\":{\"sms\":true,\"owner\":1}}");
        Body consent = body.object("consent").value();
        consent.flag("sms");
        body.done();
        Unreadable refusal = assertThrows(Unreadable.class, consent::done);
        assertEquals("consent.owner", refusal.field());
        assertEquals("json.unknown", refusal.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{\"a\":1,\"a\":2}", "{\"a\":1} x", "nul", "{'a':1}", "{\"a\":\u0000}"})
    void refusesWhatIsNoJson(String text) { assertThrows(Unreadable.class, () -> Body.of(text)); }

    @Test
    void refusesJsonThatIsNoObject() { assertEquals("json.type.object", assertThrows(Unreadable.class, () -> Body.of("[]")).key()); }

    @ParameterizedTest
    @CsvSource({"text,json.type.text", "flag,json.type.boolean", "whole,json.type.number", "amount,json.type.number", "time,json.type.text",
        "choice,json.type.text", "object,json.type.object", "objects,json.type.array"})
    void refusesAWrongTypeByName(String kind, String key) {
        Body body = Body.of("{\"x\":" + (kind.equals("whole") || kind.equals("amount") ? "\"1\"" : "12") + "}");
        Unreadable refusal = assertThrows(Unreadable.class, () -> {
            switch (kind) {
                case "text" -> body.text("x", 9);
                case "flag" -> body.flag("x");
                case "whole" -> body.whole("x");
                case "amount" -> body.amount("x");
                case "time" -> body.time("x");
                case "choice" -> body.choice("x", OrderKind.class);
                case "object" -> body.object("x");
                default -> body.objects("x", 9);
            }
        });
        assertEquals("x", refusal.field());
        assertEquals(key, refusal.key());
    }

    @Test
    void namesTheElementOfAList() {
        Body body = Body.of("{\"phones\":[{\"number\":\"1\"},{\"number\":7}]}");
        Body second = body.objects("phones", 9).value().get(1);
        assertEquals("phones[1].number", assertThrows(Unreadable.class, () -> second.text("number", 9)).field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e15", "1e999999999", "-1e15", "1000000000000"})
    void refusesAmountsThatNoInvoiceHas(String number) {
        assertEquals("number.range", assertThrows(Invalid.class, () -> Body.of("{\"x\":" + number + "}").amount("x")).key());
    }

    @ParameterizedTest
    @CsvSource({"12.345,12.35", "0,0.00", "-3,-3.00", "1e2,100.00"})
    void roundsAmountsToTheHundredth(String number, BigDecimal amount) { assertEquals(amount, Body.of("{\"x\":" + number + "}").amount("x").value()); }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e99999", "99999999999"})
    void refusesWhatIsNoWholeNumber(String number) {
        assertEquals("number.whole", assertThrows(Invalid.class, () -> Body.of("{\"x\":" + number + "}").whole("x")).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u0007", "\\ud800", "\\u009f"})
    void refusesCharactersThatNobodySees(String escape) {
        assertEquals("text.control", assertThrows(Invalid.class, () -> Body.of("{\"x\":\"a" + escape + "b\"}").text("x", 9)).key());
    }

    @Test
    void measuresAndStripsText() {
        assertEquals("Zoé 🚗", Body.of("{\"x\":\"  Zoé 🚗 \"}").text("x", 9).value());
        assertEquals("text.long", assertThrows(Invalid.class, () -> Body.of("{\"x\":\"1234567890\"}").text("x", 9)).key());
    }
}
