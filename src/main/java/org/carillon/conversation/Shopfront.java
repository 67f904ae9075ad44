package org.carillon.conversation;

import org.carillon.fact.WordFile;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What an answer says of the shop, in the language of whoever wrote. */
record Shopfront(long id, String name, String phone, String sender, String mailFrom, String forwardTo, String language, String stopScope, String zone, String customer) {

    private static final int LONGEST_NAME = 40;  // an answer is one segment

    /** @param locationId null: the company's first location speaks for it */
    static Shopfront of(Handle h, Correspondent who) {
        return h.createQuery("""
            select l.id, left(coalesce(nullif(co.name, ''), l.name), :longest) as name, l.phone, l.sms_sender as sender, l.email_from as mail_from, l.reply_email as forward_to, coalesce(c.language, l.language) as language,
                coalesce(co.stop_scope, 'ALL') as stop_scope, l.zone, coalesce(c.name, '') as customer
              from location l left join company co on true left join customer c on c.id = :customer
             where l.id = :location or :location::bigint is null order by l.active desc, l.id limit 1""")
            .bind("longest", LONGEST_NAME).bind("customer", who.customerId()).bind("location", who.locationId()).map(ConstructorMapper.of(Shopfront.class)).findOne().orElse(null);
    }

    /** In the language of whoever wrote; values are put in as they are, never evaluated (SEC-10). */
    String say(String key) {
        return WordFile.of("answer", language).getProperty(phone.isBlank() && key.equals("help") ? "help.plain" : key).replace("{shop}", name).replace("{phone}", phone);
    }
}
