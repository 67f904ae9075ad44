package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.carillon.fact.Actor;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.jdbi.v3.core.Jdbi;

/** Opens and changes locations. */
@ApplicationScoped
public class LocationDesk {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private Locations locations;
    private CalendarWatch watch;
    private Jdbi jdbi;

    protected LocationDesk() { }

    @Inject
    public LocationDesk(Locations locations, CalendarWatch watch, Jdbi jdbi) {
        this.locations = locations;
        this.watch = watch;
        this.jdbi = jdbi;
    }

    /** What a PUT or a form says of the location with this code; opens it where there is none. New locations use every order status. */
    @Transactional
    public Location put(Scope scope, String code, LocationState state, Actor actor) { return put(scope, code, null, state, actor); }

    /** @param shown the {@link Location#version} that a form showed: a change made since then is reported, not overwritten */
    @Transactional
    public Location put(Scope scope, String code, Integer shown, LocationState state, Actor actor) {
        Location location = locations.byCode(code).orElse(null);
        if (location != null && !scope.allows(location.id()) || location == null && !scope.all()) {
            throw Invalid.unknown("location", code);
        }
        if (location == null) {
            return open(code, state);
        }
        if (shown != null && shown != location.version()) {
            throw new Invalid("location", "changed.meanwhile");
        }
        judge(state, false);
        boolean quebecBefore = location.inQuebec();
        boolean calendarChanged = location.become(state);
        if (!quebecBefore && location.inQuebec()) {
            judgeFrench(location.id());
        }
        locations.flush();
        if (calendarChanged) {
            watch.changed(location, actor.name());
        }
        return location;
    }

    private Location open(String code, LocationState state) {
        if (!code.matches("[A-Za-z0-9_-]{1,20}")) {
            throw new Invalid("code", "location.code");
        }
        judge(state, true);
        Location location = Location.open(code);
        location.become(state);
        locations.add(location);
        if (location.inQuebec()) {
            judgeFrench(location.id());
        }
        jdbi.useHandle(h -> h.execute("insert into location_status (location_id, status_id) select ?, id from order_status", location.id()));
        return location;
    }

    /** LAW-22: said to be in Québec, it must not be sending texts that are not there in French; the templates are rows that SQL may ask for. */
    private void judgeFrench(Long location) {
        List<String> silent = jdbi.withHandle(h -> h.createQuery("select distinct t.name from automation a "
            + "join template t on t.id = a.template_id left join template_translation f on f.template_id = t.id and f.language = 'fr' where not a.deleted and a.state = 'ACTIVE' and (a.everywhere or exists (select from automation_location al where al.automation_id = a.id and al.location_id = :id)) "
            + "and (a.channels like '%SMS%' and coalesce(f.sms, '') !~ '\\S' or a.channels like '%EMAIL%' and coalesce(f.body, '') !~ '\\S') order by 1 limit 5").bind("id", location)
            .mapTo(String.class).list());
        if (!silent.isEmpty()) {
            throw new Invalid("region", "location.french", String.join(", ", silent));
        }
    }

    private static void judge(LocationState state, boolean fresh) {
        required("name", state.name(), fresh);
        required("zone", state.zone(), fresh);
        required("country", state.country(), fresh);
        required("language", state.language(), fresh);
        if (state.zone().present() && !knownZone(state.zone().value())) {
            throw new Invalid("zone", "location.zone", state.zone().value());
        }
        if (state.country().present() && !COUNTRIES.contains(state.country().value())) {
            throw new Invalid("country", "location.country", state.country().value());
        }
        if (state.language().present() && !Set.of("fr", "en").contains(state.language().value())) {
            throw new Invalid("language", "language.unknown", state.language().value());
        }
        if (state.openingHours().present() && state.openingHours().value() == null) {
            throw new Invalid("openingHours", "required");
        }
        if (state.holidays().present() && state.holidays().value() == null) {
            throw new Invalid("holidays", "required");
        }
        if (state.smsMode().present() && state.smsMode().value() != null && !Set.of("KEEP", "TYPO", "FOLD").contains(state.smsMode().value())) {
            throw new Invalid("smsMode", "location.smsMode", state.smsMode().value());
        }
        if (state.smsSender().present() && state.smsSender().value() != null && !state.smsSender().value().matches("|\\+?[0-9]{3,15}|[A-Za-z0-9 ._-]{1,11}")) {
            throw new Invalid("sender", "location.sender", state.smsSender().value());
        }
        if (state.region().present() && state.region().value() != null && !state.region().value().strip().matches("[A-Za-z0-9]{0,3}")) {
            throw new Invalid("region", "location.region", state.region().value());
        }
        String from = state.emailFrom().or("", () -> "");
        if (!from.isEmpty() && !MailSender.writable(from)) {
            throw new Invalid("emailFrom", "location.emailFrom", from);
        }
        String reply = state.replyEmail().or("", () -> "");
        if (!reply.isEmpty() && (!MailSender.writable(reply) || reply.contains("<"))) {
            throw new Invalid("replyEmail", "location.replyEmail", reply);
        }
    }

    private static void required(String field, Given<String> given, boolean fresh) {
        if (given.present() ? given.value() == null || given.value().isBlank() : fresh) {
            throw new Invalid(field, "required");
        }
    }

    /** Region zones only: a fixed offset knows no daylight saving and would be silently wrong half of the year. */
    private static boolean knownZone(String zone) {
        try {
            return zone.indexOf('/') > 0 && ZoneId.of(zone) != null && ZoneId.getAvailableZoneIds().contains(zone);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
