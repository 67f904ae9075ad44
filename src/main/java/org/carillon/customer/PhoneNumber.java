package org.carillon.customer;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A telephone number as given, with its E.164 form and whether it can take an SMS (MSG-08, P-15).
 *
 * @param e164    null where the number cannot be read
 * @param problem null where it can take an SMS
 */
public record PhoneNumber(String raw, String e164, boolean smsAble, PhoneProblem problem) {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final int LONGEST = 60;
    /** Quebec's word for an extension, which the library does not know. */
    private static final Pattern EXTENSION_WORD = Pattern.compile("[\\s,;]*\\bposte\\b[\\s.:#]*(\\d{1,7})\\s*$", Pattern.CASE_INSENSITIVE);

    /**
     * @param country          ISO 3166-1 alpha-2, reads national numbers; null refuses them as ambiguous
     * @param allowedCountries where SMS may go besides {@code country}; "*" allows all
     */
    public static PhoneNumber parse(String raw, String country, Set<String> allowedCountries) {
        String given = Objects.toString(raw, "").strip();
        if (given.length() > LONGEST) {
            return new PhoneNumber(given, null, false, PhoneProblem.INVALID);
        }
        try {
            Phonenumber.PhoneNumber number = NUMBERS.parse(EXTENSION_WORD.matcher(given).replaceAll(" ext. $1"), country);
            if (!NUMBERS.isValidNumber(number)) {
                return new PhoneNumber(given, null, false, PhoneProblem.INVALID);
            }
            PhoneProblem problem = problem(number, country, allowedCountries);
            return new PhoneNumber(given, NUMBERS.format(number, PhoneNumberFormat.E164), problem == null, problem);
        } catch (NumberParseException e) {
            boolean national = e.getErrorType() == NumberParseException.ErrorType.INVALID_COUNTRY_CODE && country == null;
            return new PhoneNumber(given, null, false, national ? PhoneProblem.AMBIGUOUS : PhoneProblem.INVALID);
        }
    }

    private static PhoneProblem problem(Phonenumber.PhoneNumber number, String country, Set<String> allowed) {
        PhoneNumberType type = NUMBERS.getNumberType(number);
        String region = NUMBERS.getRegionCodeForNumber(number);
        if (number.hasExtension()) {
            return PhoneProblem.EXTENSION;
        }
        return switch (type) {
            // North America does not tell mobiles from fixed lines
            case MOBILE, FIXED_LINE_OR_MOBILE -> region.equals(country) || allowed.contains(region) || allowed.contains("*") ? null
                : PhoneProblem.COUNTRY_NOT_ALLOWED;
            case TOLL_FREE -> PhoneProblem.TOLL_FREE;
            // a personal number forwards anywhere, at a price that the caller learns later
            case PREMIUM_RATE, SHARED_COST, PERSONAL_NUMBER -> PhoneProblem.PREMIUM;
            default -> PhoneProblem.FIXED_LINE;
        };
    }

    /** ISO 3166-1 alpha-2 of an E.164 number; null where it has none. */
    public static String country(String e164) {
        try {
            return NUMBERS.getRegionCodeForNumber(NUMBERS.parse(e164, null));
        } catch (NumberParseException e) {
            return null;
        }
    }

    /** The same number, which a provider refused as such. */
    PhoneNumber refused() { return new PhoneNumber(raw, e164, false, PhoneProblem.NUMBER_UNUSABLE); }

    /** The same number, told not to be a mobile. */
    public PhoneNumber withoutSms() { return new PhoneNumber(raw, e164, false, problem == null ? PhoneProblem.NOT_MOBILE : problem); }
}
