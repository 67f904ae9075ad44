package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.carillon.fact.Channel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    @Test @DisplayName("REL-17: uniform between half and one and a half of 30 s to 30 min for SMS, 2 to 60 min for e-mail")
    void staysWithinItsBounds() {
        for (Channel channel : Channel.values()) {
            long first = channel == Channel.SMS ? 30 : 120;
            long cap = channel == Channel.SMS ? 1_800 : 3_600;
            Random random = new Random(7);
            for (int failures = 0; failures < 40; failures++) {
                long base = Math.min(cap, first << Math.min(failures, 20));
                long sum = 0;
                for (int i = 0; i < 500; i++) {
                    Duration delay = RetryPolicy.of(channel).delay(failures, random);
                    assertTrue(delay.toMillis() >= base * 500 && delay.toMillis() <= base * 1_500, channel + " " + failures + ": " + delay);
                    sum += delay.toMillis();
                }
                assertEquals(base * 1_000.0, sum / 500.0, base * 60.0, "mean");
            }
        }
        assertEquals(12, RetryPolicy.of(Channel.SMS).most());
        assertEquals(30, RetryPolicy.of(Channel.EMAIL).most());
    }

    @Test @DisplayName("REL-17: 10,000 messages that failed in the same second come back at a peak of at most 1.3 times the mean")
    void spreadsWhatFailedTogether() {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            int failures = 6;  // base 30 min: 1,800 seconds wide
            int[] perSecond = new int[2_701];
            for (int i = 0; i < 10_000; i++) {
                perSecond[(int) RetryPolicy.of(Channel.SMS).delay(failures, random).toSeconds()]++;
            }
            // measured over a minute, as a rate: single seconds hold five or six messages and only show chance
            double peak = 0;
            for (int from = 900; from + 60 <= 2_700; from++) {
                int sum = 0;
                for (int s = from; s < from + 60; s++) {
                    sum += perSecond[s];
                }
                peak = Math.max(peak, sum / 60.0);
            }
            double mean = 10_000 / 1_800.0;
            assertTrue(peak <= 1.3 * mean, "seed " + seed + ": peak " + peak + ", mean " + mean);
        }
    }
}
