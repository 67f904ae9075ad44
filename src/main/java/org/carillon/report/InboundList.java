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

    /**
     * @param reading  as {@code conversation.Reading} names it
     * @param answered whether an automatic answer was queued; {@code noAnswer} why none, null where none was called for
     */
    public record Row(long id, String text, Instant at, String reading, boolean answered, String noAnswer) { }

    private final Jdbi jdbi;

    protected InboundList() { this(null); }

    @Inject
    public InboundList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** The newest first; none for a customer outside of the scope. */
    public List<Row> of(Scope scope, long customerId, int most) {
        return jdbi.withHandle(h -> h.createQuery("select i.id, i.text, i.received_at as at, i.reading, exists (select 1 from message m where m.recipient = i.sender "
                + "and m.answers = i.id and m.channel = 'SMS') as answered, i.no_answer from inbound_message i join customer c on c.id = i.customer_id "
                + "where i.customer_id = :customer and " + CustomerList.VISIBLE + " order by i.id desc limit :most")
            .bind("customer", customerId).bind("all", scope.all()).bind("locations", scope.ids()).bind("most", most).map(ConstructorMapper.of(Row.class)).list());
    }
}
