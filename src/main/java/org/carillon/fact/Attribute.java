package org.carillon.fact;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that a shop keeps besides of its customers or appointments (KI-36), by its own name. Values are on the owner's row, as an object by code.
 *
 * @param code lower case and underscores, for good: rules and texts name it
 * @param type for good, as values are of it
 */
public record Attribute(long id, Owner owner, String code, String nameFr, String nameEn, AttributeType type, List<Choice> choices, int position, boolean active, int version)
    implements Serializable {

    public enum Owner { CUSTOMER, APPOINTMENT }

    /** One of the values that may be chosen. */
    public record Choice(String code, String fr, String en) implements Serializable {

        public String name(String language) { return "en".equals(language) ? en : fr; }
    }

    /** The longest text, in characters. */
    public static final int LONGEST = 500;
    private static final int DIGITS = 15, DECIMALS = 6;

    public String name(String language) { return "en".equals(language) ? nameEn : nameFr; }

    private FieldType fieldType() { return switch (type) { case TEXT -> FieldType.TEXT; case CHOICE -> FieldType.CODE; case NUMBER -> FieldType.NUMBER; case DATE -> FieldType.DATE; }; }

    private Asked asked(Category category) {
        String text = "(" + (category.isCustomer() ? "c" : "x") + ".attributes ->> '" + code + "')";
        return new Asked.Own(category, switch (type) { case TEXT, CHOICE -> text; case NUMBER -> text + "::numeric"; case DATE -> text + "::date"; });
    }

    /**
     * As rules ask it of the rows of a category, and texts name it. Codes are letters, digits and underscores, so nothing in one ends the text; values are of the
     * type, for good.
     *
     * @param subject what a text must be about, null where anything will do
     */
    public Field everywhere(Category category, Subject.Type subject, String sql) { return new Field(category.code() + ".meta_" + code, fieldType(), subject, sql, asked(category)); }

    /**
     * A value as it is kept: text, decimal number, ISO date or the code of a choice.
     *
     * @param field what a refusal names
     * @param told  text or number
     * @throws Invalid when it is not of the type
     */
    Object judge(String field, Object told) {
        return switch (type) {
            case TEXT -> text(field, told);
            case NUMBER -> number(field, told);
            case DATE -> date(field, told);
            case CHOICE -> choices.stream().map(Choice::code).filter(told::equals).findFirst()
                .orElseThrow(() -> new Invalid(field, "choice.unknown", told, choices.stream().map(Choice::code).collect(Collectors.joining(", "))));
        };
    }

    private static String text(String field, Object told) {
        if (!(told instanceof String text)) {
            throw new Invalid(field, "attribute.text");
        }
        if (text.length() > LONGEST) {
            throw new Invalid(field, "text.long", LONGEST);
        }
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE || Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r')) {
            throw new Invalid(field, "text.control");
        }
        return text.strip();
    }

    private static BigDecimal number(String field, Object told) {
        if (!(told instanceof BigDecimal number)) {
            throw new Invalid(field, "attribute.number");
        }
        if (number.scale() > 1_000 || number.scale() < -1_000 || number.precision() - number.scale() > DIGITS || number.stripTrailingZeros().scale() > DECIMALS) {
            throw new Invalid(field, "attribute.range", DIGITS, DECIMALS);
        }
        return number.signum() == 0 ? BigDecimal.ZERO : new BigDecimal(number.stripTrailingZeros().toPlainString());
    }

    private static String date(String field, Object told) {
        try {
            if (told instanceof String text && text.length() == 10) {
                LocalDate day = LocalDate.parse(text);
                if (day.getYear() >= 1900 && day.getYear() < 2200) {
                    return day.toString();
                }
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new Invalid(field, "attribute.date");
    }
}
