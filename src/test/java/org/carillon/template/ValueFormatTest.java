package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.carillon.fact.Channel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueFormatTest {

    @ParameterizedTest(name = "{0} {1}-{2} {3} -> {4}") @CsvSource(delimiter = '|', textBlock = """
        2026-04-08 | fr | CA | SMS   | 8 avril 2026
        2026-04-08 | fr | FR | SMS   | 8 avril 2026
        2026-04-08 | en | CA | SMS   | April 8, 2026
        2026-04-08 | en | US | EMAIL | April 8, 2026
        2026-04-08 | en | FR | EMAIL | 8 April 2026
        2026-04-01 | fr | CA | SMS   | 1er avril 2026
        2026-02-11 | fr | CA | SMS   | 11 février 2026
        2026-08-15 | fr | CA | SMS   | 15 aout 2026
        2026-08-15 | fr | CA | EMAIL | 15 août 2026
        2026-12-25 | fr | FR | SMS   | 25 décembre 2026
        14:00      | fr | CA | SMS   | 14 h 00
        08:05      | fr | FR | EMAIL | 8 h 05
        00:00      | fr | CA | SMS   | 0 h 00
        14:00      | en | CA | SMS   | 2:00 PM
        00:30      | en | US | SMS   | 12:30 AM
        14:00      | en | FR | SMS   | 14:00
        1412.8     | fr | CA | SMS   | 1 412,80 $
        1412.8     | en | CA | SMS   | $1,412.80
        1412.805   | fr | FR | EMAIL | 1 412,81 €
        0          | fr | FR | SMS   | 0,00 €
        -5         | en | CA | SMS   | -$5.00
        -5         | fr | CA | SMS   | -5,00 $
        99         | en | CH | SMS   | CHF 99.00
        99         | fr | CH | SMS   | 99,00 CHF
        1234567.89 | en | FR | SMS   | €1,234,567.89
        """)
    void writesAsPeopleDo(String value, String language, String country, Channel channel, String text) {
        assertEquals(text, ValueFormat.of(typed(value), language, country, channel));
    }

    @Test @DisplayName("ui.md 7: no date, time or amount ever forces UCS-2 on an SMS")
    void nothingForcesUcs2() {
        for (String language : new String[] {"fr", "en"}) {
            for (String country : new String[] {"CA", "US", "FR", "BE", "CH", "GB"}) {
                for (LocalDate day = LocalDate.of(2026, 1, 1); day.getYear() == 2026; day = day.plusDays(1)) {
                    assertPlain(ValueFormat.of(day, language, country, Channel.SMS));
                }
                for (int minute = 0; minute < 1_440; minute++) {
                    assertPlain(ValueFormat.of(LocalTime.ofSecondOfDay(60L * minute), language, country, Channel.SMS));
                }
                for (String amount : new String[] {"0", "1", "-1", "999.999", "1000", "-123456789.1"}) {
                    assertPlain(ValueFormat.of(new BigDecimal(amount), language, country, Channel.SMS));
                }
            }
        }
    }

    private static void assertPlain(String text) { assertTrue(Alphabet.GSM7.encodable(text) && text.equals(CleanText.of(text)), text); }

    private static Object typed(String value) {
        return value.matches("\\d{4}-.*") ? LocalDate.parse(value) : value.contains(":") ? LocalTime.parse(value) : new BigDecimal(value);
    }
}
