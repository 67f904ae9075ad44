package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What customers and strangers wrote to some locations, newest first. What nobody knows a location of is shown to those who see all. */
@ApplicationScoped
public class ReceivedList {

    /** So many at most are counted; more is more. */
    public static final int MANY = 100;

    private static final String WAITS = "i.seen_at is null and (i.reading in ('TEXT_STOP', 'OPT_OUT_CANCEL') or i.reading = 'TEXT' and not i.forwarded)";

    /** What to show. WAITING: what wants a person, and nobody was told of by e-mail or has seen yet; a wish to stop is seen by somebody in any case. */
    public enum View {
        ALL("true"), WAITING(WAITS), TEXT("i.reading = 'TEXT'"), STOP("i.reading = 'TEXT_STOP'"), CANCEL("i.reading in ('OPT_OUT_CANCEL', 'CANCEL_APPOINTMENT')"),
        NOWHERE("i.location_id is null");

        private final String condition;

        View(String condition) { this.condition = condition; }
    }

    /**
     * @param mail       by e-mail; else by text
     * @param zone       the location's, null with it where nobody knows which was meant
     * @param customerId whose card has the number or address, as far as the reader may see it
     * @param reading    as {@code conversation.Reading} names it
     * @param answered   whether an automatic answer was queued; {@code noAnswer} why none, null where none was called for
     * @param waiting    as {@link View#WAITING}
     */
    public record Row(long id, boolean mail, String text, Instant at, String zone, String location, String sender, Long customerId, String customer, String reading, boolean answered,
                      String noAnswer, boolean forwarded, boolean waiting, Instant seenAt, String seenBy) implements Serializable { }

    private static final String WHERE = " from inbound_message i where (:all or i.location_id = any(:locations)) and ";

    private final Jdbi jdbi;

    protected ReceivedList() { this(null); }

    @Inject
    public ReceivedList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** @param after the part before's {@link Part#next}, null for the first */
    public Part<Row> read(Scope scope, View view, String after) {
        List<Row> rows = jdbi.withHandle(h -> h.createQuery("select i.id, i.route = 'mail' as mail, i.text, i.received_at as at, l.zone, l.name as location, i.sender, k.id as customer_id, k.name as customer, "
                + "i.reading, exists (select from message m where m.recipient = i.sender and m.answers = i.id and m.channel = 'SMS') as answered, i.no_answer, i.forwarded, "
                + WAITS + " as waiting, i.seen_at, i.seen_by from (select i.*" + WHERE + view.condition + " and i.id < :after order by i.id desc limit :limit) i "
                + "left join location l on l.id = i.location_id left join lateral (select c.id, c.name from customer c where c.id = any(case when i.customer_id is not null then array[i.customer_id] "
                + "else array(" + InboundList.OWNERS + ") end) and " + CustomerList.VISIBLE + " order by c.id desc limit 1) k on true order by i.id desc")
            .bind("all", scope.all()).bind("locations", scope.ids()).bind("after", after != null && after.matches("\\d{1,18}") ? Long.parseLong(after) : Long.MAX_VALUE)
            .bind("limit", Part.SIZE + 1).map(ConstructorMapper.of(Row.class)).list());
        boolean more = rows.size() > Part.SIZE;
        List<Row> shown = more ? List.copyOf(rows.subList(0, Part.SIZE)) : rows;
        return new Part<>(shown, more ? Long.toString(shown.get(Part.SIZE - 1).id()) : null);
    }

    /** How many wait for a person, {@link #MANY} where there are as many or more. */
    public int waiting(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select count(*) from (select 1" + WHERE + WAITS + " limit :many) few").bind("all", scope.all()).bind("locations", scope.ids())
            .bind("many", MANY).mapTo(Integer.class).one());
    }

    /** Whether there is anything at all. */
    public boolean any(Scope scope) {
        return jdbi.withHandle(h -> h.createQuery("select exists (select 1" + WHERE + "true)").bind("all", scope.all()).bind("locations", scope.ids()).mapTo(Boolean.class).one());
    }
}
