package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("REL-18, 4.1: three attempts, then FAILED and an alarm with the route and the code")
class ExhaustedTest {

    private final DeliveryFixture shop = new DeliveryFixture();
    private final Exhausted exhausted = new Exhausted(shop.jdbi);

    private long refusedUntilItFails(Verdict verdict, String code, String... later) {
        shop.sms.answer = o -> new Submission(verdict, later.length > 0 && shop.sms.count.get() % 3 == 0 ? later[0] : code, null, "");
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        for (int i = 0; i < 20 && shop.drain() >= 0 && "RETRY_WAIT".equals(shop.state(id)); i++) shop.advance(Duration.ofMinutes(46));
        assertEquals("FAILED", shop.state(id));
        assertEquals("ATTEMPTS_EXHAUSTED", shop.reason(id));
        return id;
    }

    private List<Exhausted.Vague> lately() { return exhausted.since(shop.now().minus(Duration.ofHours(1))); }

    @Test void namesTheRouteAndTheLastCode() {
        refusedUntilItFails(Verdict.TEMPORARY_FEW, "0x00000401", "0x00000402");
        assertEquals(3, shop.sms.count.get());
        assertEquals(List.of(new Exhausted.Vague("smpp", "0x00000402", 1)), lately());
        refusedUntilItFails(Verdict.TEMPORARY_FEW, "0x00000401");
        refusedUntilItFails(Verdict.TEMPORARY_FEW, "0x00000401");
        shop.advance(Duration.ofMinutes(61));
        assertEquals(List.of(), lately(), "an hour later it is no news");
    }

    @Test void isSilentAboutWhatWasClear() {
        refusedUntilItFails(Verdict.TEMPORARY, "0x00000008");
        assertEquals(12, shop.sms.count.get());
        assertEquals(List.of(), lately());
    }

    /** Refused with these codes, one after the other; with the last of them from then on. */
    private long refusedWith(String... codes) {
        int before = shop.sms.count.get();
        shop.sms.answer = o -> {
            String code = codes[Math.min(shop.sms.count.get() - before, codes.length) - 1];
            return new Submission(Verdicts.STANDARD.judge(Protocol.SMPP, Phase.SUBMIT, code), code, null, "");
        };
        long id = shop.enqueue(shop.sms("+15145550100", "x"));
        shop.drain();
        return id;
    }

    private void again() {
        shop.advance(Duration.ofMinutes(46));
        shop.drain();
    }

    @Test
    @DisplayName("REL-18, 4.1: only vague refusals count towards the three; a clear temporary one before or between them does not")
    void countsVagueRefusalsOnly() {
        long id = refusedWith("0x00000008", "0x00000008", "0x00000045", "0x00000008", "0x00000045", "0x00000045");
        for (int i = 2; i <= 5; i++) {
            again();
            assertEquals("RETRY_WAIT", shop.state(id), "after " + i);
        }
        assertEquals(List.of(), lately());
        again();
        assertEquals("FAILED", shop.state(id));
        assertEquals(6, shop.sms.count.get());
        assertEquals(List.of(new Exhausted.Vague("smpp", "0x00000045", 1)), lately());
    }

    @Test
    @DisplayName("4.1: all attempts used up, the last one vague, is nothing vague to tell of")
    void endsAtTheMostWhateverTheLastSays() {
        long id = refusedWith("0x00000008", "0x00000045", "0x00000008", "0x00000008", "0x00000008", "0x00000008", "0x00000008", "0x00000008", "0x00000008", "0x00000008", "0x00000008", "0x00000045");
        for (int i = 2; i <= 12; i++) again();
        assertEquals(12, shop.sms.count.get());
        assertEquals("ATTEMPTS_EXHAUSTED", shop.reason(id));
        assertEquals(List.of(), lately());
    }

    @Test void logsRouteAndCode() {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override public void publish(LogRecord line) { lines.add(line.getMessage()); }

            @Override public void flush() { }

            @Override public void close() { }
        };
        Logger log = Logger.getLogger(Arrivals.class.getName());
        log.addHandler(handler);
        try {
            long id = refusedUntilItFails(Verdict.TEMPORARY_FEW, "0x00000401");
            assertEquals(List.of("message " + id + " failed on route smpp after 3 attempts: 0x00000401"), lines.stream().filter(line -> line.startsWith("message")).toList());
        } finally {
            log.removeHandler(handler);
        }
    }
}
