package org.carillon.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

class PhoneNumberTest {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final List<String> COUNTRIES = List.of("CA", "US", "FR", "BE", "CH");

    @ParameterizedTest(name = "MSG-08, P-15, B-12: {0} in {1} -> {3} {4}")
    @CsvFileSource(resources = "/cases/phones.csv", delimiter = '|', quoteCharacter = '~', numLinesToSkip = 1, ignoreLeadingAndTrailingWhitespace = false)
    void readsNumbersAsPeopleWriteThem(String raw, String country, String allowed, String e164, PhoneProblem problem) {
        PhoneNumber number = PhoneNumber.parse(raw, country, allowed == null ? Set.of() : Set.of(allowed.split(",")));
        assertEquals(e164.equals("-") ? null : e164, number.e164());
        assertEquals(problem, number.problem());
        assertWhole(number);
    }

    static Stream<Arguments> examples() {
        List<Arguments> examples = new ArrayList<>();
        for (String country : COUNTRIES) {
            for (PhoneNumberType type : PhoneNumberType.values()) {
                Phonenumber.PhoneNumber example = type == PhoneNumberType.UNKNOWN ? null : NUMBERS.getExampleNumberForType(country, type);
                if (example != null) {
                    String national = NUMBERS.getNationalSignificantNumber(example);
                    String trunk = country.equals("CA") || country.equals("US") ? "1" : "0";
                    String abroad = country.equals("CA") || country.equals("US") ? "011" : "00";
                    Stream.of(NUMBERS.format(example, PhoneNumberFormat.E164), NUMBERS.format(example, PhoneNumberFormat.INTERNATIONAL),
                            NUMBERS.format(example, PhoneNumberFormat.NATIONAL), NUMBERS.format(example, PhoneNumberFormat.RFC3966),
                            trunk + national, abroad + example.getCountryCode() + national, NUMBERS.format(example, PhoneNumberFormat.NATIONAL).replace(' ', '.'))
                        .forEach(written -> examples.add(Arguments.of(country, NUMBERS.getNumberType(example), written, NUMBERS.format(example, PhoneNumberFormat.E164))));
                }
            }
        }
        return examples.stream();
    }

    @ParameterizedTest(name = "MSG-08: the example {0} {1} written {2}") @MethodSource("examples")
    void readsTheExamplesOfEveryType(String country, PhoneNumberType type, String written, String e164) {
        PhoneNumber number = PhoneNumber.parse(written, country, Set.of());
        assertEquals(e164, number.e164());
        assertEquals(switch (type) {
            case MOBILE, FIXED_LINE_OR_MOBILE -> null;
            case TOLL_FREE -> PhoneProblem.TOLL_FREE;
            case PREMIUM_RATE, SHARED_COST, PERSONAL_NUMBER -> PhoneProblem.PREMIUM;
            default -> PhoneProblem.FIXED_LINE;
        }, number.problem());
        assertWhole(number);
    }

    @Test @DisplayName("MSG-08: at least 300 vectors of five countries")
    void thereAreEnoughVectors() { assertTrue(examples().count() + 150 >= 300, () -> examples().count() + " examples"); }

    @Test @DisplayName("MSG-08: 10,000 random texts: never an exception, and what was read reads the same again")
    void anyTextIsReadOnceAndForAll() {
        String alphabet = "0123456789012345678901234567890123456789 ()+-./x#,;ext poste\t\r\n\0é#{}";
        Seeded.run(10_000, random -> {
            StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "+" : "");
            random.ints(random.nextInt(24), 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
            PhoneNumber number = PhoneNumber.parse(text.toString(), Seeded.oneOf(random, COUNTRIES), Set.of("*"));
            assertWhole(number);
        });
    }

    private static void assertWhole(PhoneNumber number) {
        assertEquals(number.problem() == null, number.smsAble());
        if (number.e164() == null) {
            assertNotNull(number.problem());
            return;
        }
        assertTrue(number.e164().matches("\\+[1-9][0-9]{6,14}"), number.e164());
        PhoneNumber again = PhoneNumber.parse(number.e164(), null, Set.of("*"));
        assertEquals(number.e164(), again.e164());
        assertEquals(PhoneNumber.parse(number.e164(), "CA", Set.of("*")), PhoneNumber.parse(again.e164(), "CA", Set.of("*")));
    }

    @Test
    void toldNotToBeAMobileItTakesNoSmsAndKeepsAnEarlierReason() {
        assertEquals(PhoneProblem.NOT_MOBILE, PhoneNumber.parse("514 555-0199", "CA", Set.of()).withoutSms().problem());
        assertEquals(PhoneProblem.TOLL_FREE, PhoneNumber.parse("800 555-0199", "CA", Set.of()).withoutSms().problem());
        assertNull(PhoneNumber.parse(null, "CA", Set.of()).e164());
    }
}
