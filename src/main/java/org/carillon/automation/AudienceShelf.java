package org.carillon.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carillon.audience.AudienceJson;
import org.carillon.audience.Judge;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.shop.OpeningHours;
import org.carillon.template.Translation;
import org.jdbi.v3.core.Handle;

/** Automations with an audience as rows of the table of automations. */
@ApplicationScoped
public class AudienceShelf {

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final String SELECT = "select a.*, a.audience::text rules, t.purpose, coalesce((select array_agg(location_id order by location_id) from automation_location w "
        + "where w.automation_id = a.id), '{}') places, coalesce((select jsonb_object_agg(x.language, jsonb_build_object('sms', x.sms, 'subject', x.subject, 'body', x.body)) "
        + "from template_translation x where x.template_id = t.id), '{}')::text texts from automation a left join template t on t.id = a.template_id "
        + "where a.by_audience and not a.deleted";

    private final FieldCatalogue catalogue;

    protected AudienceShelf() { this(null); }

    @Inject
    public AudienceShelf(FieldCatalogue catalogue) { this.catalogue = catalogue; }

    public Optional<AudienceAutomation> find(Handle h, long id) { return h.createQuery(SELECT + " and a.id = :id").bind("id", id).map((r, c) -> read(r, catalogue.now())).findOne(); }

    public Optional<AudienceAutomation> find(Handle h, String ref) { return h.createQuery(SELECT + " and a.ref = :ref").bind("ref", ref).map((r, c) -> read(r, catalogue.now())).findOne(); }

    /** What keeps the rules of one from being asked, as when a field was removed that they name; empty where nothing does. */
    public Optional<Invalid> wrong(Handle h, long id) {
        return find(h, id).map(AudienceAutomation::audience).flatMap(audience -> Judge.of(audience, catalogue.now()).stream().findFirst());
    }

    Optional<AudienceAutomation> lock(Handle h, long id) {
        h.createQuery("select id from automation where id = :id for update").bind("id", id).mapTo(Long.class).findOne();
        return find(h, id);
    }

    /** All that are switched on. */
    public List<AudienceAutomation> active(Handle h) {
        FieldCatalogue now = catalogue.now();
        return h.createQuery(SELECT + " and a.state = 'ACTIVE' order by a.id").map((r, c) -> read(r, now)).list();
    }

    private static AudienceAutomation read(ResultSet r, FieldCatalogue catalogue) throws SQLException {
        String rules = r.getString("rules");
        Set<Long> places = Set.of((Long[]) r.getArray("places").getArray());
        return new AudienceAutomation(r.getLong("id"), r.getInt("version"), r.getInt("rev"), r.getString("ref"), r.getString("name"), AutomationState.valueOf(r.getString("state")),
            Kind.valueOf(r.getString("kind")), rules == null ? null : AudienceJson.parse(rules, r.getString("target"), catalogue), schedule(r), r.getBoolean("everywhere"), places,
            split(r.getString("channels")).stream().map(Channel::valueOf).collect(Collectors.toSet()), (Long) r.getObject("template_id"),
            r.getString("purpose") == null ? Purpose.TRANSACTIONAL : Purpose.valueOf(r.getString("purpose")), texts(r.getString("texts")), r.getBoolean("drop_past_midnight"),
            r.getTimestamp("active_since") == null ? null : r.getTimestamp("active_since").toInstant());
    }

    /** What a row says, of automations or of their versions. */
    static AudienceDraft said(ResultSet r, Long id, Integer version, FieldCatalogue catalogue) throws SQLException {
        String rules = r.getString("rules");
        return new AudienceDraft(id, version, r.getString("name"), Kind.valueOf(r.getString("kind")), rules == null ? null : AudienceJson.parse(rules, r.getString("target"), catalogue), schedule(r),
            r.getBoolean("everywhere"), Set.of((Long[]) r.getArray("places").getArray()), split(r.getString("channels")).stream().map(Channel::valueOf).collect(Collectors.toSet()),
            Purpose.MARKETING.name().equals(r.getString("purpose")), texts(r.getString("texts")), r.getBoolean("drop_past_midnight"));
    }

    /** The automation as it stands, as one more version; the row is locked by whoever changes it, so numbers follow each other. */
    void keep(Handle h, long id, AutomationVersion.Act act, Integer from, Instant at, String actor) {
        h.createUpdate("insert into automation_version (automation_id, number, act, restored_from, at, actor, state, name, kind, rules, target, trigger_kind, at_time, days, opening_hours_only, "
                + "period_from, period_to, everywhere, places, channels, purpose, drop_past_midnight, texts) select a.id, 1 + coalesce((select max(number) from automation_version v "
                + "where v.automation_id = a.id), 0), :act, :from, :at, :actor, a.state, a.name, a.kind, a.audience, a.target, a.trigger_kind, a.at_time, a.days, a.opening_hours_only, a.period_from, "
                + "a.period_to, a.everywhere, a.places, a.channels, a.purpose, a.drop_past_midnight, a.texts::jsonb from (" + SELECT + " and a.id = :id) a")
            .bind("id", id).bind("act", act).bind("from", from).bind("at", at).bind("actor", actor).execute();
    }

    /** What its last version says. */
    AudienceDraft kept(Handle h, long id, FieldCatalogue catalogue) {
        return h.createQuery("select * from automation_version where automation_id = :id order by number desc limit 1").bind("id", id).map((r, c) -> said(r, id, null, catalogue)).one();
    }

    /** Null where the draft has not chosen yet. */
    private static Schedule schedule(ResultSet r) throws SQLException {
        LocalTime at = r.getObject("at_time", LocalTime.class);
        Set<DayOfWeek> days = OpeningHours.days(r.getString("days"));
        LocalTime from = r.getObject("period_from", LocalTime.class);
        return switch (r.getString("trigger_kind")) {
            case "DAILY" -> at == null ? null : new Schedule.Daily(at, days);
            case "WEEKLY" -> at == null || days.isEmpty() ? null : new Schedule.Weekly(days.iterator().next(), at);
            default -> new Schedule.RealTime(new Period(r.getBoolean("opening_hours_only"), from, r.getObject("period_to", LocalTime.class), days));
        };
    }

    private static Map<String, Translation> texts(String json) {
        Map<String, Translation> texts = new HashMap<>();
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            reader.readObject().forEach((language, value) -> {
                JsonObject text = value.asJsonObject();
                texts.put(language, Translation.of(text.getString("sms"), text.getString("subject"), text.getString("body")));
            });
        }
        return texts;
    }

    private static List<String> split(String text) { return text == null || text.isEmpty() ? List.of() : Arrays.asList(text.split(",")); }

    private static String codes(Set<DayOfWeek> days) { return new TreeSet<>(days).stream().map(d -> d.name().substring(0, 3)).collect(Collectors.joining(",")); }

    long add(Handle h, String ref) {
        return h.createQuery("insert into automation (id, ref, state, trigger_kind, kind, channels) select nextval('automation_id_seq'), coalesce(:ref, gen_random_uuid()::text), 'DRAFT', 'DAILY', "
            + "'GENERAL', '' returning id").bind("ref", ref).mapTo(Long.class).one();
    }

    /** Slots of another schedule count from now on: none is made for a time that has passed. */
    void write(Handle h, long id, AudienceDraft draft, long template, Instant now) {
        Schedule schedule = draft.schedule();
        Period period = schedule instanceof Schedule.RealTime real ? real.period() : null;
        h.createUpdate("update automation set name = :name, kind = :kind, audience = :audience::jsonb, target = :target, trigger_kind = :trigger, at_time = :at::time, days = :days, "
                + "opening_hours_only = :hours, period_from = :from::time, period_to = :to::time, everywhere = :everywhere, channels = :channels, template_id = :template, "
                + "drop_past_midnight = :drop, active_since = case when active_since is not null and (trigger_kind, at_time, days) is distinct from (:trigger, :at::time, :days) then :now else active_since end, "
                + "rev = rev + 1, version = version + 1 where id = :id")
            .bind("id", id).bind("name", draft.name() == null ? "" : draft.name().strip()).bind("kind", draft.kind() == null ? Kind.GENERAL : draft.kind())
            .bind("audience", draft.audience() == null ? null : AudienceJson.write(draft.audience()).toString()).bind("target", draft.audience() == null ? null : draft.audience().target())
            .bind("trigger", schedule instanceof Schedule.Weekly ? "WEEKLY" : period != null ? "REAL_TIME" : "DAILY")
            .bind("at", text(schedule instanceof Schedule.Daily daily ? daily.at() : schedule instanceof Schedule.Weekly weekly ? weekly.at() : null))
            .bind("days", codes(schedule instanceof Schedule.Daily daily ? daily.days() : schedule instanceof Schedule.Weekly weekly && weekly.day() != null ? Set.of(weekly.day())
                : period != null ? period.days() : Collections.emptySet()))
            .bind("hours", period != null && period.openingHours()).bind("from", text(period == null ? null : period.from())).bind("to", text(period == null ? null : period.to()))
            .bind("everywhere", draft.everywhere()).bind("channels", draft.channels().stream().sorted().map(Channel::name).collect(Collectors.joining(",")))
            .bind("template", template).bind("now", now).bind("drop", draft.dropPastMidnight()).execute();
        h.createUpdate("delete from automation_location where automation_id = :id").bind("id", id).execute();
        h.createUpdate("insert into automation_location (automation_id, location_id) select :id, unnest(:places)").bind("id", id)
            .bind("places", draft.everywhere() ? new Long[0] : draft.locations().toArray(Long[]::new)).execute();
    }

    private static String text(LocalTime time) { return time == null ? null : time.toString(); }

    /** @param since null where it is not switched on */
    void turn(Handle h, long id, AutomationState state, Instant since) {
        h.createUpdate("update automation set state = :state, active_since = :since, rev = rev + 1, version = version + 1 where id = :id")
            .bind("state", state).bind("since", since).bind("id", id).execute();
    }

    void delete(Handle h, long id) {
        h.createUpdate("update automation set deleted = true, ref = ref || '~' || id, rev = rev + 1, version = version + 1 where id = :id").bind("id", id).execute();
        h.createUpdate("update template set deleted = true where own and id = (select template_id from automation where id = :id)").bind("id", id).execute();
    }
}
