package org.carillon.audience;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a field is compared; what each means for days, minutes, texts and amounts is in {@link Grammar} and {@link Span}. */
public enum Operator {
    EXACTLY, LESS_OR_EQUAL, MORE_THAN, IN, IN_MORE_THAN, LESS_THAN, MORE_OR_EQUAL, IS, IS_NOT, CONTAINS, DOES_NOT_CONTAIN, EQUAL, IS_UNKNOWN, EXISTS, DOES_NOT_EXIST;

    /** As rules are written and stored. */
    public String code() { return name().toLowerCase(Locale.ROOT); }

    public static Optional<Operator> of(String code) { return Arrays.stream(values()).filter(o -> o.code().equals(code)).findFirst(); }
}
