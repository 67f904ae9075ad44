package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Set;
import org.carillon.Seeded;
import org.carillon.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SealsTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private final Seals seals = new Seals(DATABASE.jdbi());

    @Test @DisplayName("LAW-17: a token opens to the number it was made for, on every node, and to nothing under another use")
    void opensWhatItMade() {
        for (long number : new long[] {0, 1, 42, Long.MAX_VALUE, Long.MIN_VALUE}) {
            String token = seals.seal(Seals.Use.UNSUBSCRIBE, number);
            assertEquals(48, token.length());
            assertEquals(OptionalLong.of(number), new Seals(DATABASE.jdbi()).open(Seals.Use.UNSUBSCRIBE, token));
            assertEquals(OptionalLong.empty(), seals.open(Seals.Use.RETURN_PATH, token));
        }
    }

    @Test @DisplayName("SEC-28: 10,000 random tokens, and every changed digit of a good one, are none of ours")
    void refusesWhatItDidNotMake() {
        Seeded.run(10_000, random -> {
            byte[] bytes = new byte[24];
            random.nextBytes(bytes);
            assertEquals(OptionalLong.empty(), seals.open(Seals.Use.UNSUBSCRIBE, HexFormat.of().formatHex(bytes)));
        });
        String good = seals.seal(Seals.Use.UNSUBSCRIBE, 7);
        for (int i = 0; i < good.length(); i++) {
            char other = good.charAt(i) == '0' ? '1' : '0';
            assertFalse(seals.open(Seals.Use.UNSUBSCRIBE, good.substring(0, i) + other + good.substring(i + 1)).isPresent(), "digit " + i);
        }
        for (String odd : new String[] {"", "x", good.toUpperCase(java.util.Locale.ROOT) + "0", good + "00", good.replace(good.charAt(0), 'é'), null}) {
            assertFalse(seals.open(Seals.Use.UNSUBSCRIBE, odd).isPresent());
        }
    }

    @Test @DisplayName("LAW-17: tokens of neighbours have nothing in common")
    void hidesTheNumber() {
        Set<String> ends = new HashSet<>();
        for (long number = 1; number <= 1_000; number++) {
            assertTrue(ends.add(seals.seal(Seals.Use.UNSUBSCRIBE, number).substring(32)));
        }
    }

    @Test @DisplayName("LAW-17: the application cannot change the key")
    void keepsItsKey() { assertThrows(Exception.class, () -> DATABASE.jdbi().useHandle(h -> h.execute("update installation_key set key = '\\x00'"))); }

    @Test @DisplayName("SEC-28: many wrong tokens of one network are turned away for a minute, its neighbours are not")
    void countsGuesses() {
        long[] now = {0};
        Guesses guesses = new Guesses(() -> now[0]);
        for (int i = 0; i < Guesses.A_MINUTE; i++) {
            assertFalse(guesses.tooMany("203.0.113." + i));
        }
        assertTrue(guesses.tooMany("203.0.113.7"));
        assertFalse(guesses.tooMany("203.0.114.7"));
        now[0] = 61_000_000_000L;
        assertFalse(guesses.tooMany("203.0.113.7"));
    }
}
