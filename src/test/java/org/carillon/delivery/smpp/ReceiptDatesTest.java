package org.carillon.delivery.smpp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("1.5: the dates of a receipt, in whatever zone its provider writes them")
class ReceiptDatesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T15:00:40Z");

    @ParameterizedTest(name = "{0}: submitted {1}, done {2}")
    @CsvSource({
        "UTC submit date:2611221456 done date:2611221500, 2026-11-22T14:56:00Z, 2026-11-22T15:00:00Z",
        "Toronto submit date:2611220956 done date:2611221000, 2026-11-22T14:56:00Z, 2026-11-22T15:00:00Z",
        "Kathmandu submit date:2611222041 done date:2611222045, 2026-11-22T14:56:00Z, 2026-11-22T15:00:00Z",
        "seconds submit date:261122095607 done date:261122100021, 2026-11-22T14:56:07Z, 2026-11-22T15:00:21Z",
        "a clock ahead submit date:2611221458 done date:2611221503, 2026-11-22T14:58:00Z, 2026-11-22T15:00:40Z",
        "yesterday's submit Submit Date: 2611211456 Done Date: 2611221500, 2026-11-21T14:56:00Z, 2026-11-22T15:00:00Z",
        "no done submit date:2611221456, , 2026-11-22T15:00:40Z",
        "no submit done date:2611221500, , 2026-11-22T15:00:00Z",
        "another year submit date:2511221456 done date:2511221500, , 2026-11-22T15:00:40Z",
        "no date submit date:2613451456 done date:0000000000, , 2026-11-22T15:00:40Z",
        "nothing, , 2026-11-22T15:00:40Z"})
    void readsThem(String text, Instant submitted, Instant done) {
        assertEquals(new ReceiptDates(submitted, done), ReceiptDates.read(text, NOW));
    }
}
