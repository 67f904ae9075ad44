package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("REL-18: an answer's meaning is a table, complete and pure")
class VerdictsTest {

    private static Verdict smpp(Phase phase, int status) { return Verdicts.STANDARD.judge(Protocol.SMPP, phase, Verdicts.code(status)); }

    private static Verdict smtp(Phase phase, String code) { return Verdicts.STANDARD.judge(Protocol.SMTP, phase, code); }

    /** The list of reliability.md 4.1, written out again: the table's file is what is tested. */
    private static Map<Integer, Verdict> listOfSmppCodes() {
        Map<Integer, Verdict> list = new TreeMap<>();
        list.put(0x00, Verdict.ACCEPTED);
        list.put(0x58, Verdict.THROTTLE);
        list.put(0x14, Verdict.QUEUE_FULL);
        for (int c : new int[] {0x08, 0x64, 0xFE}) list.put(c, Verdict.TEMPORARY);
        for (int c : new int[] {0x45, 0xFF}) list.put(c, Verdict.TEMPORARY_FEW);
        IntStream.rangeClosed(0x400, 0x4FF).forEach(c -> list.put(c, Verdict.TEMPORARY_FEW));
        for (int c : new int[] {0x01, 0x06, 0x07, 0x15, 0x33, 0x34, 0x40, 0x42, 0x43, 0x44, 0x50, 0x51, 0x54, 0x55, 0x61, 0x62, 0x63, 0x65, 0x66,
            0xC0, 0xC1, 0xC2, 0xC3, 0xC4}) list.put(c, Verdict.PERMANENT);
        list.put(0x0B, Verdict.BAD_ADDRESS);
        for (int c : new int[] {0x0A, 0x48, 0x49}) list.put(c, Verdict.BAD_SENDER);
        for (int c : new int[] {0x0D, 0x0E, 0x0F, 0x53, 0x05}) list.put(c, Verdict.ROUTE_FAULT);
        for (int c : new int[] {0x04, 0x02, 0x03}) list.put(c, Verdict.SESSION);
        return list;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"550 5.7.1,true", "5.7.26,true", "554,true", "554 5.7.1,true", "554 5.1.1,false", "550,false", "550 5.1.1,false", "450 4.7.1,false", "0x00000054,false", "400 21211,false", "'',false"})
    @DisplayName("4.3: 5.7.x and 554 are policy")
    void knowsAPolicy(String code, boolean policy) { assertEquals(policy, Verdicts.isPolicy(code)); }

    static Stream<Arguments> everySmppCode() {
        return listOfSmppCodes().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("everySmppCode")
    void readsEachSmppCodeOfTheList(int status, Verdict verdict) {
        assertEquals(verdict, smpp(Phase.SUBMIT, status));
        assertEquals(verdict, smpp(Phase.BIND, status));
    }

    @Test
    void triesAnyOtherSmppCodeAFewTimes() {
        Map<Integer, Verdict> list = listOfSmppCodes();
        IntStream.range(0, 0x10000).filter(c -> !list.containsKey(c))
            .forEach(c -> assertEquals(Verdict.TEMPORARY_FEW, smpp(Phase.SUBMIT, c), () -> Verdicts.code(c)));
        assertEquals(Verdict.TEMPORARY_FEW, smpp(Phase.SUBMIT, 0xFFFFFFFF));
    }

    @Test
    void countsARefusedPdu() {
        for (int c : new int[] {0x02, 0x03, 0x08, 0xFF}) assertEquals(Verdict.TEMPORARY_FEW, smpp(Phase.NACK, c));
        assertEquals(Verdict.THROTTLE, smpp(Phase.NACK, 0x58));
    }

    @Test
    @DisplayName("4.1: no generic_nack is a yes, whatever its status")
    void believesNoYesInARefusal() {
        assertEquals(Verdict.TEMPORARY_FEW, smpp(Phase.NACK, 0x00));
        IntStream.range(0, 0x10000).forEach(c -> assertNotEquals(Verdict.ACCEPTED, smpp(Phase.NACK, c), () -> Verdicts.code(c)));
    }

    @Test
    void knowsNothingAfterSilenceOrACutOfTheSession() {
        assertEquals(Verdict.UNKNOWN, Verdicts.STANDARD.judge(Protocol.SMPP, Phase.SUBMIT, Verdicts.TIMEOUT));
        assertEquals(Verdict.UNKNOWN, Verdicts.STANDARD.judge(Protocol.SMPP, Phase.SUBMIT, Verdicts.CUT));
        assertEquals(Verdict.NOT_SENT, Verdicts.STANDARD.judge(Protocol.SMPP, Phase.BIND, Verdicts.CUT));
        assertEquals(Verdict.NOT_SENT, Verdicts.STANDARD.judge(Protocol.SMPP, Phase.BIND, Verdicts.TIMEOUT));
        assertEquals(Verdict.ROUTE_FAULT, Verdicts.STANDARD.judge(Protocol.SMPP, Phase.BIND, Verdicts.TLS));
    }

    /** The list of reliability.md 4.3 with the phases made explicit. */
    @ParameterizedTest(name = "{1} at {0} is {2}")
    @CsvSource({
        "RECIPIENT,421,TEMPORARY", "RECIPIENT,450,TEMPORARY", "RECIPIENT,451,TEMPORARY", "RECIPIENT,452,TEMPORARY", "RECIPIENT,452 4.5.3,TEMPORARY",
        "SENDER,451 4.7.1,TEMPORARY", "DATA,451,TEMPORARY", "AFTER_DOT,450,TEMPORARY", "AFTER_DOT,421 4.3.2,TEMPORARY", "AFTER_DOT,452 4.3.1,TEMPORARY",
        "RECIPIENT,552,TEMPORARY", "RECIPIENT,450 4.2.1,TEMPORARY", "AFTER_DOT,499 4.999.999,TEMPORARY",
        "RECIPIENT,452 4.2.2,MAILBOX_FULL", "RECIPIENT,552 5.2.2,MAILBOX_FULL", "AFTER_DOT,552,MAILBOX_FULL", "AFTER_DOT,552 5.2.2,MAILBOX_FULL",
        "RECIPIENT,550 5.1.1,BAD_ADDRESS", "RECIPIENT,550 5.1.2,BAD_ADDRESS", "RECIPIENT,553 5.1.3,BAD_ADDRESS", "RECIPIENT,550 5.1.6,BAD_ADDRESS",
        "RECIPIENT,556 5.1.10,BAD_ADDRESS", "AFTER_DOT,550 5.1.1,BAD_ADDRESS", "RECIPIENT,550,BAD_ADDRESS", "RECIPIENT,551,BAD_ADDRESS",
        "RECIPIENT,553,BAD_ADDRESS", "RECIPIENT,550 5.2.1,BAD_ADDRESS",
        "RECIPIENT,550 5.7.1,PERMANENT", "RECIPIENT,554 5.7.1,PERMANENT", "RECIPIENT,554,PERMANENT", "AFTER_DOT,554,PERMANENT",
        "AFTER_DOT,550 5.7.26,PERMANENT", "SENDER,550 5.7.1,PERMANENT", "AFTER_DOT,550,PERMANENT", "DATA,554,PERMANENT",
        "SENDER,550,BAD_SENDER", "SENDER,553 5.1.8,BAD_SENDER", "SENDER,550 5.1.7,BAD_SENDER",
        "AUTH,530,ROUTE_FAULT", "AUTH,534,ROUTE_FAULT", "AUTH,535 5.7.8,ROUTE_FAULT", "AUTH,538,ROUTE_FAULT", "SENDER,530 5.7.0,ROUTE_FAULT",
        "AUTH,504,ROUTE_FAULT", "CONNECT,TLS,ROUTE_FAULT", "CONNECT,554,ROUTE_FAULT", "CONNECT,421,THROTTLE", "CONNECT,421 4.7.0,THROTTLE", "AUTH,454 4.7.0,THROTTLE",
        "AFTER_DOT,250,ACCEPTED", "AFTER_DOT,250 2.0.0,ACCEPTED",
        "CONNECT,CUT,NOT_SENT", "AUTH,CUT,NOT_SENT", "SENDER,CUT,NOT_SENT", "RECIPIENT,CUT,NOT_SENT", "DATA,CUT,NOT_SENT", "DATA,TIMEOUT,NOT_SENT",
        "CONNECT,TIMEOUT,NOT_SENT", "DATA,LATE,NOT_SENT", "AFTER_DOT,CUT,UNKNOWN", "AFTER_DOT,TIMEOUT,UNKNOWN",
        "RECIPIENT,571,TEMPORARY_FEW", "DATA,503,TEMPORARY_FEW", "AFTER_DOT,555 5.6.7,TEMPORARY_FEW", "RECIPIENT,999,TEMPORARY_FEW", "SENDER,'',TEMPORARY_FEW"})
    void readsEachSmtpAnswerOfTheList(Phase phase, String code, Verdict verdict) {
        assertEquals(verdict, smtp(phase, code));
    }

    /** The list of reliability.md 4.2 with the phases made explicit. */
    @ParameterizedTest(name = "{1} at {0} is {2}")
    @CsvSource({
        "CONNECT,CUT,NOT_SENT", "CONNECT,TIMEOUT,NOT_SENT", "CONNECT,TLS,NOT_SENT", "CONNECT,ADDRESS,ROUTE_FAULT",
        "REQUEST,200,ACCEPTED", "REQUEST,201,ACCEPTED", "REQUEST,201 NONSENSE,UNKNOWN", "REQUEST,429,THROTTLE", "REQUEST,429 20429,THROTTLE",
        "REQUEST,401 20003,ROUTE_FAULT", "REQUEST,403,ROUTE_FAULT", "REQUEST,400 21211,BAD_ADDRESS", "REQUEST,400 21614,BAD_ADDRESS", "REQUEST,400 21610,OPTED_OUT",
        "REQUEST,400 21611,THROTTLE", "REQUEST,400 21606,BAD_SENDER", "REQUEST,400 21617,PERMANENT", "REQUEST,400,PERMANENT", "REQUEST,404 20404,PERMANENT", "REQUEST,422,PERMANENT",
        "REQUEST,408,UNKNOWN", "REQUEST,500,UNKNOWN", "REQUEST,502,UNKNOWN", "REQUEST,503 20503,UNKNOWN", "REQUEST,504,UNKNOWN", "REQUEST,TIMEOUT,UNKNOWN", "REQUEST,CUT,UNKNOWN",
        "REQUEST,307,UNKNOWN"})
    void readsEachHttpAnswerOfTheList(Phase phase, String code, Verdict verdict) { assertEquals(verdict, Verdicts.STANDARD.judge(Protocol.HTTP, phase, code)); }

    @Test
    void letsARouteSayThat503IsSafe() {
        Verdicts own = Verdicts.STANDARD.overriddenBy(Protocol.HTTP, "503=NOT_SENT");
        assertEquals(Verdict.NOT_SENT, own.judge(Protocol.HTTP, Phase.REQUEST, "503 20503"));
        assertEquals(Verdict.UNKNOWN, own.judge(Protocol.HTTP, Phase.REQUEST, "500"));
    }

    @Test
    void neverBlamesAnAddressForPolicy() {
        for (int detail = 0; detail < 1000; detail++) {
            for (Phase phase : List.of(Phase.SENDER, Phase.RECIPIENT, Phase.DATA, Phase.AFTER_DOT)) {
                assertEquals(Verdict.PERMANENT, smtp(phase, "550 5.7." + detail));
            }
        }
    }

    @Test
    void letsARouteReadItsVendorsCodes() {
        Verdicts own = Verdicts.STANDARD.overriddenBy(Protocol.SMPP, "0x400=THROTTLE, 0x410-0x41F=PERMANENT");
        assertEquals(Verdict.THROTTLE, own.judge(Protocol.SMPP, Phase.SUBMIT, "0x00000400"));
        assertEquals(Verdict.PERMANENT, own.judge(Protocol.SMPP, Phase.SUBMIT, "0x00000415"));
        assertEquals(Verdict.TEMPORARY_FEW, own.judge(Protocol.SMPP, Phase.SUBMIT, "0x00000420"));
        assertEquals(Verdict.ACCEPTED, Verdicts.STANDARD.overriddenBy(Protocol.SMPP, "").judge(Protocol.SMPP, Phase.SUBMIT, "0x00000000"));
        assertThrows(IllegalArgumentException.class, () -> Verdicts.STANDARD.overriddenBy(Protocol.SMPP, "0x400=MAYBE"));
        assertThrows(IllegalArgumentException.class, () -> Verdicts.STANDARD.overriddenBy(Protocol.SMPP, "0x400"));
    }

    @Test
    void readsEveryRowOfItsFiles() throws IOException {
        List<String> unread = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            String file = new String(getClass().getResourceAsStream("/verdicts/" + protocol.name().toLowerCase(java.util.Locale.ROOT) + ".csv").readAllBytes(),
                StandardCharsets.UTF_8);
            file.lines().filter(l -> !l.startsWith("#") && !l.startsWith("phase,")).map(l -> l.split(",", 4)).forEach(c -> {
                Phase phase = c[0].equals("*") ? protocol == Protocol.SMPP ? Phase.SUBMIT : Phase.DATA : Phase.valueOf(c[0]);
                String code = c[1].equals("*") ? "0x00000008" : c[1].startsWith("0x") ? Verdicts.code(Integer.decode(c[1].split("-")[0])) : c[1].replace('x', '9');
                if (Verdicts.STANDARD.judge(protocol, phase, code) != Verdict.valueOf(c[2])) unread.add(String.join(",", c));
            });
        }
        assertEquals(List.of(), unread, "rows hidden behind an earlier one");
    }
}
