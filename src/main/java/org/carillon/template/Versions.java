package org.carillon.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carillon.fact.Purpose;
import org.carillon.template.TemplateVersion.Act;
import org.jdbi.v3.core.Jdbi;

/** The history of templates: only ever added to, in the transaction of the change (P-37). */
@ApplicationScoped
public class Versions {

    /** A template from before versions were kept counts as its own first one. */
    private static final String SELECT = """
        select number, act, restored_from, name, purpose, texts::text texts, at, actor from (
          select * from template_version where template_id = :id
          union all
          select t.id, 1, 'FOUND', null, t.name, t.purpose, coalesce((select jsonb_object_agg(x.language, jsonb_build_object('sms', x.sms, 'subject', x.subject,
            'body', x.body)) from template_translation x where x.template_id = t.id), '{}'), null, '' from template t where t.id = :id and t.revision = 0
        ) v where true""";

    private final Jdbi jdbi;

    protected Versions() { this(null); }

    @Inject
    public Versions(Jdbi jdbi) { this.jdbi = jdbi; }

    /** The template as it stands, under its {@link Template#revision}. */
    void keep(Template template, Act act, Integer restoredFrom, Instant at, String actor) {
        keep(template.id(), new TemplateVersion(template.revision(), act, restoredFrom, template.name(), template.purpose(), template.translations(), at, actor));
    }

    void keep(long templateId, TemplateVersion version) {
        jdbi.useHandle(h -> h.createUpdate("insert into template_version (template_id, number, act, restored_from, name, purpose, texts, at, actor) "
                + "values (:id, :number, :act, :from, :name, :purpose, :texts::jsonb, :at, :actor)")
            .bind("id", templateId).bind("number", version.number()).bind("act", version.act().name()).bind("from", version.restoredFrom())
            .bind("name", version.name()).bind("purpose", version.purpose().name()).bind("texts", write(version.translations()))
            .bind("at", version.at()).bind("actor", version.actor()).execute());
    }

    public Optional<TemplateVersion> find(long templateId, int number) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + " and number = :number").bind("id", templateId).bind("number", number)
            .map((row, context) -> read(row)).findOne());
    }

    /** The newest first, from below a number ({@link Integer#MAX_VALUE} for all). */
    public List<TemplateVersion> of(long templateId, int below, int limit) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + " and number < :below order by number desc limit :limit").bind("id", templateId).bind("below", below)
            .bind("limit", limit).map((row, context) -> read(row)).list());
    }

    private static TemplateVersion read(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("at", OffsetDateTime.class);
        return new TemplateVersion(row.getInt("number"), Act.valueOf(row.getString("act")), row.getObject("restored_from", Integer.class), row.getString("name"),
            Purpose.valueOf(row.getString("purpose")), translations(row.getString("texts")), at == null ? null : at.toInstant(), row.getString("actor"));
    }

    static String write(Map<String, Translation> translations) {
        JsonObjectBuilder texts = Json.createObjectBuilder();
        translations.forEach((language, t) -> texts.add(language, Json.createObjectBuilder().add("sms", t.sms()).add("subject", t.subject()).add("body", t.body())));
        return texts.build().toString();
    }

    static Map<String, Translation> translations(String json) {
        Map<String, Translation> translations = new TreeMap<>();
        try (var reader = Json.createReader(new StringReader(json))) {
            JsonObject texts = reader.readObject();
            texts.forEach((language, value) -> {
                JsonObject t = value.asJsonObject();
                translations.put(language, Translation.of(t.getString("sms", ""), t.getString("subject", ""), t.getString("body", "")));
            });
        }
        return translations;
    }
}
