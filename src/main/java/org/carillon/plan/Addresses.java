package org.carillon.plan;

/** Where a plan would go to if it were released now, in SQL: the customer's first usable address of the channel (as {@link Facts} takes it), as suppressions have it. */
final class Addresses {

    private Addresses() { }

    /** Null where there is none. @param customer, channel expressions */
    static String first(String customer, String channel) {
        return "case %2$s when 'SMS' then (select h.e164 from customer_phone h where h.customer_id = %1$s and h.sms_able order by h.position limit 1) "
            .concat("else (select lower(h.address) from customer_email h where h.customer_id = %1$s and h.problem is null order by h.position limit 1) end").formatted(customer, channel);
    }

    /** Whether that one is stopped for what the automation sends. */
    static String stopped(String customer, String channel, String automation) {
        return "exists (select from suppression x where x.channel = %2$s and x.address = %1$s and x.released_at is null and (x.scope = 'ALL' or %3$s))"
            .formatted(first(customer, channel), channel, isOffer(automation));
    }

    static String isOffer(String automation) {
        return "exists (select from automation oa join template ot on ot.id = oa.template_id where oa.id = %s and ot.purpose = 'MARKETING')".formatted(automation);
    }
}
