package org.carillon.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.carillon.fact.Actor;
import org.carillon.fact.Purpose;
import org.jdbi.v3.core.Jdbi;

/** The log of texts that read like offers and shall not count as one: who asked, who decided, of which version (LAW-01). Only ever added to and closed. */
@ApplicationScoped
public class Approvals {

    /** @param revision of the template that stood when it was asked; {@code askedBy} the key of that person */
    public record Request(long id, long templateId, int revision, String name, Purpose purpose, Map<String, Translation> translations, String found, String askedBy) { }

    public enum Decision { APPROVED, REFUSED, OVERTAKEN }

    private final Jdbi jdbi;

    protected Approvals() { this(null); }

    @Inject
    public Approvals(Jdbi jdbi) { this.jdbi = jdbi; }

    void ask(long templateId, int revision, TemplateDraft wished, String found, Instant now) {
        jdbi.useHandle(h -> h.createUpdate("insert into template_approval (template_id, revision, name, purpose, texts, found, asked_by, asked_name, asked_at) "
                + "values (:template, :revision, :name, :purpose, :texts::jsonb, :found, :by, :who, :now)")
            .bind("template", templateId).bind("revision", revision).bind("name", wished.name().strip()).bind("purpose", wished.purpose())
            .bind("texts", Versions.write(wished.translations())).bind("found", found).bind("by", wished.author().key()).bind("who", wished.author().name()).bind("now", now).execute());
    }

    /** Locked until the transaction ends; empty where it is decided. */
    Optional<Request> lock(long id) { return one("id = :id and decision is null for update", id); }

    /** What waits for the template. */
    public Optional<Request> of(long templateId) { return one("template_id = :id and decision is null", templateId); }

    private Optional<Request> one(String which, long id) {
        return jdbi.withHandle(h -> h.createQuery("select id, template_id, revision, name, purpose, texts::text texts, found, asked_by from template_approval where " + which).bind("id", id)
            .map((row, c) -> read(row)).findOne());
    }

    private static Request read(ResultSet row) throws SQLException {
        return new Request(row.getLong("id"), row.getLong("template_id"), row.getInt("revision"), row.getString("name"), Purpose.valueOf(row.getString("purpose")),
            Versions.translations(row.getString("texts")), row.getString("found"), row.getString("asked_by"));
    }

    void close(long id, Decision decision, Actor by, Instant now) {
        jdbi.useHandle(h -> h.createUpdate("update template_approval set decision = :decision, decided_by = :by, decided_name = :who, decided_at = :now where id = :id and decision is null")
            .bind("decision", decision).bind("by", by.key()).bind("who", by.name()).bind("now", now).bind("id", id).execute());
    }

    /** Whether somebody approved these very words for that purpose before. */
    boolean approved(long templateId, Purpose purpose, Map<String, Translation> translations) {
        return jdbi.withHandle(h -> h.createQuery("select exists (select 1 from template_approval where template_id = :id and decision = 'APPROVED' and purpose = :purpose "
            + "and texts = :texts::jsonb)").bind("id", templateId).bind("purpose", purpose).bind("texts", Versions.write(translations)).mapTo(Boolean.class).one());
    }
}
