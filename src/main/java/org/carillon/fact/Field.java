package org.carillon.fact;

/**
 * One fact that texts, rules and dates can name (law 3).
 *
 * @param code    as written in templates, such as {@code customer.name}
 * @param type    decides the format in a text and the operators in a rule
 * @param subject the subject that must be at hand, null where any will do
 * @param sql     an expression over the aliases of {@code plan.Facts}: c customer, o work_order, v vehicle, l location, co company, s order_status,
 *                ld lead, ls lead_status, ap appointment, sa sale, tx the translation in use (its {@code language})
 */
public record Field(String code, FieldType type, Subject.Type subject, String sql) { }
