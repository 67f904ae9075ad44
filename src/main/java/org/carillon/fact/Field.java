package org.carillon.fact;

/**
 * One fact that texts, rules and dates can name (law 3).
 *
 * @param code    as written in templates and rules, such as {@code customer.name}
 * @param type    decides the format in a text and the operators in a rule
 * @param subject the subject that must be at hand in a text, null where any will do
 * @param sql     an expression over the aliases of {@code plan.Facts}: c customer, o work_order, v vehicle, l location, co company, s order_status,
 *                ld lead, ls lead_status, ap appointment, sa sale, tx the translation in use (its
 *                {@code language}); null where no text can name it
 * @param asked   what a rule asks with it, null where no rule can
 */
public record Field(String code, FieldType type, Subject.Type subject, String sql, Asked asked) {

    /** One for texts only. */
    public Field(String code, FieldType type, Subject.Type subject, String sql) { this(code, type, subject, sql, null); }

    /** One for rules only. */
    public static Field asked(String attribute, FieldType type, Asked asked) { return new Field(asked.category().code() + "." + attribute, type, null, null, asked); }

    public boolean inTexts() { return sql != null; }

    public boolean inRules() { return asked != null; }
}
