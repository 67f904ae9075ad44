package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Texts that read like offers and wait for a second person, and what was decided of others (LAW-01). */
@ApplicationScoped
public class ApprovalList {

    /**
     * @param found    what reads like an offer
     * @param text     the start of the wished text
     * @param askedBy  the key of who asked
     * @param decision null while it waits
     */
    public record Row(long id, long templateId, String name, String purpose, String found, String text, String askedBy, String askedName, Instant askedAt,
                      String decision, String decidedName, Instant decidedAt) implements Serializable { }

    private static final String SELECT = """
        select a.id, a.template_id, a.name, a.purpose, a.found, left(coalesce(a.texts -> 'fr' ->> 'sms', '') || ' ' || coalesce(a.texts -> 'en' ->> 'sms', '') || ' '
            || coalesce(a.texts -> 'fr' ->> 'body', '') || ' ' || coalesce(a.texts -> 'en' ->> 'body', ''), 300) "text", a.asked_by, a.asked_name, a.asked_at, a.decision, a.decided_name, a.decided_at
          from template_approval a where not exists (select from automation m left join automation_location al on al.automation_id = m.id
            where m.template_id = a.template_id and not m.deleted and not :all and (m.everywhere or not al.location_id = any(:locations)))""";

    private final Jdbi jdbi;

    protected ApprovalList() { this(null); }

    @Inject
    public ApprovalList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** What this person may decide on, the oldest first; who asked decides on none of theirs. */
    public List<Row> waiting(Scope scope) { return read(scope, " and a.decision is null order by a.id limit 100"); }

    /** The last decisions, the newest first. */
    public List<Row> decided(Scope scope) { return read(scope, " and a.decision in ('APPROVED', 'REFUSED') order by a.id desc limit 20"); }

    private List<Row> read(Scope scope, String which) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + which).bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).map(ConstructorMapper.of(Row.class)).list());
    }
}
