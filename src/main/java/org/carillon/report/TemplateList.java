package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The company's templates, by name, with where they are used. */
@ApplicationScoped
public class TemplateList {

    /**
     * @param languages     those with a text, such as {@code en, fr}
     * @param sms           whether some language has a text for SMS
     * @param text          the start of a text, for recognising it
     * @param notifications how many use it, within the scope
     * @param places        names of the locations that use it, within the scope; the company's own for what is company-wide
     * @param elsewhere     used at a location outside the scope, whose people it would surprise
     */
    public record Row(long id, String name, String purpose, String languages, boolean sms, boolean email, String text, int notifications, String places,
                      boolean elsewhere) implements Serializable { }

    /** A template that was deleted: when (null where nobody knows) and by whom. */
    public record Gone(long id, String name, Instant at, String actor) implements Serializable { }

    private static final String SELECT = """
        select t.id, t.name, t.purpose, coalesce(x.languages, '') languages, coalesce(x.sms, false) sms, coalesce(x.email, false) email, coalesce(x.text, '') "text",
          coalesce(u.notifications, 0) notifications, coalesce(u.places, '') places, coalesce(u.elsewhere, false) elsewhere
        from template t
        left join lateral (select string_agg(y.language, ', ' order by y.language) languages, bool_or(y.sms <> '') sms, bool_or(y.body <> '') email,
            left((array_agg(coalesce(nullif(y.sms, ''), y.subject) order by y.language = :language desc))[1], 160) "text"
          from template_translation y where y.template_id = t.id and (y.sms <> '' or y.body <> '')) x on true
        left join lateral (select (count(*) filter (where :all or a.everywhere or l.id = any(:locations)))::int notifications,
            string_agg(distinct coalesce(l.name, co.name), ', ') filter (where :all or a.everywhere or l.id = any(:locations)) places,
            bool_or(not :all and (a.everywhere or not l.id = any(:locations))) elsewhere
          from automation a left join automation_location al on al.automation_id = a.id left join location l on l.id = al.location_id left join company co on true
          where a.template_id = t.id and not a.deleted) u on true
        where not t.deleted and not t.own""";

    private final Jdbi jdbi;

    protected TemplateList() { this(null); }

    @Inject
    public TemplateList(Jdbi jdbi) { this.jdbi = jdbi; }

    /** @param language whose texts are shown first */
    public List<Row> all(Scope scope, String language) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + " order by lower(t.name), t.id").bind("language", language)
            .bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).map(ConstructorMapper.of(Row.class)).list());
    }

    /** The last deleted first; they can be restored (P-37). */
    public List<Gone> deleted() {
        return jdbi.withHandle(h -> h.createQuery("select t.id, t.name, v.at, coalesce(v.actor, '') actor from template t left join template_version v "
            + "on v.template_id = t.id and v.number = t.revision where t.deleted and not t.own order by v.at desc nulls last, t.id desc limit 500")
            .map(ConstructorMapper.of(Gone.class)).list());
    }

    /** Whether somebody with this scope may change it: all that use it are theirs. */
    public boolean free(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + " and t.id = :id").bind("id", id).bind("language", "fr")
            .bind("all", scope.all()).bindArray("locations", Long.class, (Object[]) scope.ids()).map(ConstructorMapper.of(Row.class)).findOne())
            .map(row -> !row.elsewhere()).orElse(false);
    }
}
