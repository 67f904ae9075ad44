package org.carillon.automation;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.fact.Channel;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.jdbi.v3.core.Handle;

/** What automations are judged by: the templates with what they can say, the locations with their hours and statuses. */
record Surroundings(Map<Long, Words> templates, Map<Long, Place> places, Instant now, Map<Long, Boolean> opening, boolean quebec) {

    /** @param french the channels on which it speaks French, which Québec asks for (LAW-22) */
    record Words(String name, boolean deleted, Set<Channel> channels, Set<Channel> french) { }

    record Place(String name, BusinessCalendar calendar, Set<String> statuses, boolean quebec) { }

    static Surroundings read(Handle h, Collection<Long> templates, Collection<Long> locations, Instant now) {
        Map<Long, Words> words = new HashMap<>();
        h.createQuery("select t.id, t.name, t.deleted, coalesce(bool_or(x.sms ~ '\\S'), false) sms, coalesce(bool_or(x.body ~ '\\S'), false) email, "
                + "coalesce(bool_or(x.sms ~ '\\S' and x.language = 'fr'), false) sms_fr, coalesce(bool_or(x.body ~ '\\S' and x.language = 'fr'), false) email_fr from template t "
                + "left join template_translation x on x.template_id = t.id where t.id = any(:ids) group by t.id")
            .bind("ids", templates.toArray(Long[]::new)).map((r, x) -> words.put(r.getLong("id"), new Words(r.getString("name"), r.getBoolean("deleted"),
                channels(r.getBoolean("sms"), r.getBoolean("email")), channels(r.getBoolean("sms_fr"), r.getBoolean("email_fr"))))).list();
        Map<Long, Place> places = new HashMap<>();
        h.createQuery("select l.id, l.name, l.zone, l.opening_hours, l.holidays, l.region, coalesce(string_agg(s.code, ','), '') statuses from location l "
                + "left join location_status u on u.location_id = l.id left join order_status s on s.id = u.status_id and s.active where l.id = any(:ids) group by l.id")
            .bind("ids", locations.toArray(Long[]::new)).map((r, x) -> places.put(r.getLong("id"), new Place(r.getString("name"),
                new BusinessCalendar(OpeningHours.parse(r.getString("opening_hours")), Holidays.parse(r.getString("holidays")), ZoneId.of(r.getString("zone"))),
                Arrays.stream(r.getString("statuses").split(",")).collect(Collectors.toSet()), "QC".equals(r.getString("region"))))).list();
        boolean quebec = h.createQuery("select exists (select from location where region = 'QC' and active)").mapTo(Boolean.class).one();
        return new Surroundings(words, places, now, new HashMap<>(), quebec);
    }

    private static Set<Channel> channels(boolean sms, boolean email) {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        if (sms) {
            channels.add(Channel.SMS);
        }
        if (email) {
            channels.add(Channel.EMAIL);
        }
        return channels;
    }

    /** Whether French must be there: at the location, or, for null, anywhere. */
    boolean needsFrench(Long location) { return location == null ? quebec : places.containsKey(location) && places.get(location).quebec(); }

    boolean opens(long location) {
        return opening.computeIfAbsent(location, id -> places.get(id).calendar().nextOpening(now, AutomationDesk.HORIZON).isPresent());
    }
}
