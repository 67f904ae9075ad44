package org.carillon.audience;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carillon.customer.Customers;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.FieldType;
import org.carillon.fact.Invalid;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** Counts, lists and explains whom an audience means, now or at another moment (B-15), among the locations that one may see. */
@ApplicationScoped
public class AudienceDesk {

    /**
     * Customers, each once; of those that cannot be reached each is counted under the first reason that holds.
     *
     * @param withoutAddress no mobile number, or no e-mail address, that can be used
     * @param silent         all that makes them match was recorded without messages of late ({@link Silence})
     */
    public record Count(int matched, int reachable, int withoutAddress, int optedOut, int withoutConsent, int silent) implements Serializable { }

    /** By reference of its source; newest customers first. */
    public record Member(long id, String source, String ref, String name) implements Serializable { }

    private final Jdbi jdbi;
    private final FieldCatalogue catalogue;
    private final ApplicationClock clock;

    protected AudienceDesk() { this(null, null, null); }

    @Inject
    public AudienceDesk(Jdbi jdbi, FieldCatalogue catalogue, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** @throws Invalid with the first that is wrong, by its place */
    public void check(Audience audience) { check(audience, catalogue.now()); }

    private static void check(Audience audience, FieldCatalogue catalogue) {
        List<Invalid> wrong = Judge.of(audience, catalogue);
        if (!wrong.isEmpty()) {
            throw wrong.get(0);
        }
    }

    /**
     * As it stands now, news or not: a group is no message.
     *
     * @param marketing counts consent to offers besides that to the channel
     */
    public Count count(Scope scope, Audience audience, Channel channel, boolean marketing) { return count(scope, audience, channel, marketing, Moment.at(clock.now()), false); }

    /** All of a day, as the first location in the scope has it; as it is where there is none. */
    public Moment during(Scope scope, LocalDate day) {
        ZoneId zone = jdbi.withHandle(AudienceDesk::places).stream().filter(place -> scope.allows(place.location())).findFirst().map(place -> place.calendar().zone()).orElse(ZoneId.of("UTC"));
        return new Moment(day.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1), day.atStartOfDay(zone).toInstant());
    }

    /** What a message would reach at a moment, by the facts of today: what was recorded without messages is no news. */
    public Count count(Scope scope, Audience audience, Channel channel, boolean marketing, Instant at) { return count(scope, audience, channel, marketing, Moment.at(at)); }

    /** As above, at a moment or during the time up to it. */
    public Count count(Scope scope, Audience audience, Channel channel, boolean marketing, Moment moment) { return count(scope, audience, channel, marketing, moment, true); }

    private Count count(Scope scope, Audience audience, Channel channel, boolean marketing, Moment moment, boolean news) {
        return reach(scope, audience, channel, marketing, moment, news, """
            select count(*)::int matched, (count(*) filter (where u.address is not null and x.id is null and %2$s and not m.silent))::int reachable, (count(*) filter (where u.address is null))::int without_address,
              (count(*) filter (where u.address is not null and x.id is not null))::int opted_out,
              (count(*) filter (where u.address is not null and x.id is null and not (%2$s)))::int without_consent,
              (count(*) filter (where u.address is not null and x.id is null and %2$s and m.silent))::int silent""", "", query -> query.map(ConstructorMapper.of(Count.class)).one())
            .orElse(new Count(0, 0, 0, 0, 0, 0));
    }

    /** Of those that can be reached, how many read which language. */
    public Map<String, Integer> languages(Scope scope, Audience audience, Channel channel, boolean marketing, Moment moment) {
        return reach(scope, audience, channel, marketing, moment, true, "select c.language, count(*)::int n", " where u.address is not null and x.id is null and %2$s and not m.silent group by c.language",
            query -> query.map((r, c) -> Map.entry(r.getString(1), r.getInt(2))).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))).orElse(Map.of());
    }

    /** Of customers m who are meant, with their usable address u and what stops it x; empty where nobody can be. */
    private <T> Optional<T> reach(Scope scope, Audience audience, Channel channel, boolean marketing, Moment moment, boolean news, String select, String rest, Function<Query, T> read) {
        FieldCatalogue fields = fields(audience);
        boolean sms = channel == Channel.SMS;
        String usable = "(select " + (sms ? "a.e164" : "a.address") + " address from " + (sms ? "customer_phone" : "customer_email") + " a where a.customer_id = c.id and a.problem is null"
            + (sms ? " and a.sms_able" : "") + " order by a.position limit 1)";
        String consent = (sms ? "c.sms_consent" : "c.email_consent") + (marketing ? " and (c.marketing_consent or coalesce(c.implied_until > :asked and l.country = 'CA' and co.implied_consent, false))" : "");
        return jdbi.withHandle(h -> {
            List<Statement> statements = statements(h, scope, audience, fields, moment);
            return statements.isEmpty() ? Optional.<T>empty() : Optional.of(read.apply(bind(h.createQuery((select + """

                from (%3$s) m join customer c on c.id = m.customer_id join location l on l.id = c.location_id left join company co on true
                left join lateral %1$s u on true
                left join lateral (select s.id from suppression s where s.channel = :channel and s.address = lower(u.address) and s.released_at is null
                  and (s.scope = 'ALL' or :marketing) limit 1) x on true""" + rest).formatted(usable, consent, "select customer_id, " + (news ? "bool_and(" + Silence.of("s") + ")" : "false") + " silent from " + matches(statements) + " group by customer_id")), statements)
                .bind("channel", channel).bind("marketing", marketing).bind("asked", moment.now())));
        });
    }

    /**
     * @param source whose references are asked for, null for any
     * @param before id of the last one seen, null from the start
     */
    public List<Member> members(Scope scope, Audience audience, String source, Long before, int most) { return members(scope, audience, source, before, most, Moment.at(clock.now())); }

    /** As above, at a moment or during the time up to it. */
    public List<Member> members(Scope scope, Audience audience, String source, Long before, int most, Moment moment) {
        FieldCatalogue fields = fields(audience);
        return jdbi.withHandle(h -> {
            List<Statement> statements = statements(h, scope, audience, fields, moment);
            return statements.isEmpty() ? List.of() : bind(h.createQuery("select c.id, c.source, c.ref, c.name from (" + customers(statements)
                    + ") m join customer c on c.id = m.customer_id where (:before::bigint is null or c.id < :before::bigint) and (:source::text is null or c.source = :source::text) order by c.id desc limit :most"), statements)
                .bind("before", before).bind("source", source).bind("most", most).map(ConstructorMapper.of(Member.class)).list();
        });
    }

    /**
     * @param scope  the locations that are meant
     * @param reader those that the reader may see: what fields say of anything else stays untold (SEC-13)
     * @throws Invalid where the customer is not there, or not for this scope
     */
    public Explanation explain(Scope scope, Scope reader, Audience audience, long customer) { return explain(scope, reader, audience, customer, Moment.at(clock.now())); }

    /** As above, at a moment or during the time up to it. */
    public Explanation explain(Scope scope, Scope reader, Audience audience, long customer, Moment moment) {
        FieldCatalogue fields = fields(audience);
        return jdbi.withHandle(h -> {
            ZoneId zone = h.createQuery("select l.zone from customer c join location l on l.id = c.location_id where c.id = :id and " + Customers.VISIBLE)
                .bind("id", customer).bind("everywhere", scope.all()).bind("locations", scope.ids()).mapTo(String.class).findOne().map(ZoneId::of).orElseThrow(() -> Invalid.unknown("customer", customer));
            List<Statement> statements = statements(h, scope, audience, fields, moment);
            // null where nothing matches
            Optional<Boolean> silent = statements.isEmpty() ? Optional.empty() : bind(h.createQuery("select bool_and(" + Silence.of("s") + ") from " + matches(statements) + " where s.customer_id = :id"), statements)
                .bind("id", customer).bind("asked", moment.now()).mapTo(Boolean.class).findOne();
            Statement columns = AudienceQuery.explain(audience, fields, places(h), moment, customer, reader.all() ? null : reader.locations());
            return columns.bind(h.createQuery(columns.sql())).map((row, context) -> {
                List<List<Explanation.Answer>> groups = new ArrayList<>();
                int n = 0;
                for (List<Comparison> group : audience.groups()) {
                    List<Explanation.Answer> answers = new ArrayList<>();
                    for (Comparison c : group) {
                        answers.add(new Explanation.Answer(c.field(), c.operator().code(), row.getBoolean("a" + n), said(fields.asked(c.field()), row.getString("v" + n), zone), row.getBoolean("h" + n++)));
                    }
                    groups.add(answers);
                }
                return new Explanation(silent.isPresent(), silent.orElse(false), groups);
            }).one();
        });
    }

    private static String said(Field field, String text, ZoneId zone) {
        return text == null ? "" : field.type() != FieldType.INSTANT ? text : Arrays.stream(text.split(", ")).map(BigDecimal::new)
            .map(seconds -> Instant.ofEpochSecond(seconds.setScale(0, RoundingMode.FLOOR).longValueExact()).atZone(zone))
            .map(DateTimeFormatter.ISO_OFFSET_DATE_TIME::format).collect(Collectors.joining(", "));
    }

    /** As they are now: each look at those that a shop defines is a query. */
    private FieldCatalogue fields(Audience audience) {
        FieldCatalogue fields = catalogue.now();
        check(audience, fields);
        return fields;
    }

    private static List<Statement> statements(Handle h, Scope scope, Audience audience, FieldCatalogue fields, Moment moment) {
        List<LocalDays> places = places(h);
        Set<Long> meant = places.stream().map(LocalDays::location).filter(scope::allows).collect(Collectors.toSet());
        return AudienceQuery.compile(audience, fields, places, meant, moment);
    }

    /** Every location, switched off or not: what customers have there counts. */
    public static List<LocalDays> places(Handle h) {
        return h.createQuery("select id, opening_hours, holidays, zone from location order by id")
            .map((r, c) -> new LocalDays(r.getLong(1), new BusinessCalendar(OpeningHours.parse(r.getString(2)), Holidays.parse(r.getString(3)), ZoneId.of(r.getString(4))))).list();
    }

    private static String customers(List<Statement> statements) {
        return "select distinct customer_id from " + matches(statements);
    }

    private static String matches(List<Statement> statements) { return "(" + statements.stream().map(Statement::sql).collect(Collectors.joining(" union all ")) + ") s"; }

    private static <T extends SqlStatement<T>> T bind(T statement, Collection<Statement> statements) {
        statements.forEach(s -> s.bind(statement));
        return statement;
    }
}
