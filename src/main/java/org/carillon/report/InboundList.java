package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What a customer wrote to the shop. */
@ApplicationScoped
public class InboundList {

    /** Customers whose number or address wrote a text i that was nobody's when it came. */
    static final String OWNERS = "select p.customer_id from customer_phone p where p.e164 = i.sender union select e.customer_id from customer_email e where lower(e.address) = i.sender";
    /** Texts i of customer c: theirs when they came, or of a number or address that only later came on the card. */
    static final String THEIRS = "(i.customer_id = c.id or i.customer_id is null and i.sender in (select p.e164 from customer_phone p where p.customer_id = c.id "
        + "union select lower(e.address) from customer_email e where e.customer_id = c.id))";

    /**
     * @param mail     by e-mail; else by text
     * @param reading  as {@code conversation.Reading} names it
     * @param answered whether an automatic answer was queued; {@code noAnswer} why none, null where none was called for
     */
    public record Row(long id, boolean mail, String text, Instant at, String reading, boolean answered, String noAnswer) { }

    private final Jdbi jdbi;

    protected InboundList() { this(null); }

    @Inject
    public InboundList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** The newest first; none for a customer outside of the scope. */
    public List<Row> of(Scope scope, long customerId, int most) {
        return jdbi.withHandle(h -> h.createQuery("select i.id, i.route = 'mail' as mail, i.text, i.received_at as at, i.reading, exists (select 1 from message m where m.recipient = i.sender "
                + "and m.answers = i.id and m.channel = 'SMS') as answered, i.no_answer from customer c join inbound_message i on " + THEIRS
                + " where c.id = :customer and " + CustomerList.VISIBLE + " order by i.id desc limit :most")
            .bind("customer", customerId).bind("all", scope.all()).bind("locations", scope.ids()).bind("most", most).map(ConstructorMapper.of(Row.class)).list());
    }
}
