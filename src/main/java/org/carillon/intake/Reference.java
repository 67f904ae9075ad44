package org.carillon.intake;

import org.carillon.fact.Invalid;

/** A system's own name for a thing. */
final class Reference {

    private static final int LONGEST = 100;

    private Reference() { }

    /** @throws Invalid when it is empty, too long or holds characters that no reader sees */
    static String check(String field, String ref) {
        if (ref == null || ref.isBlank()) {
            throw new Invalid(field, "required");
        }
        if (ref.length() > LONGEST) {
            throw new Invalid(field, "text.long", LONGEST);
        }
        if (ref.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new Invalid(field, "text.control");
        }
        return ref;
    }
}
