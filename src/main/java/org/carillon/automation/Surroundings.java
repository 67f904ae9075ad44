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
record Surroundings(Map<Long, Words> templates, Map<Long, Place> places, Instant now, Map<Long, Boolean> opening) {

    record Words(String name, boolean deleted, Set<Channel> channels) { }

    record Place(String name, BusinessCalendar calendar, Set<String> statuses) { }

    static Surroundings read(Handle h, Collection<Long> templates, Collection<Long> locations, Instant now) {
        Map<Long, Words> words = new HashMap<>();
        h.createQuery("select t.id, t.name, t.deleted, coalesce(bool_or(x.sms ~ '\\S'), false) sms, coalesce(bool_or(x.body ~ '\\S'), false) email from template t "
                + "left join template_translation x on x.template_id = t.id where t.id = any(:ids) group by t.id")
            .bind("ids", templates.toArray(Long[]::new)).map((r, x) -> words.put(r.getLong("id"), new Words(r.getString("name"), r.getBoolean("deleted"),
                channels(r.getBoolean("sms"), r.getBoolean("email"))))).list();
        Map<Long, Place> places = new HashMap<>();
        h.createQuery("select l.id, l.name, l.zone, l.opening_hours, l.holidays, coalesce(string_agg(s.code, ','), '') statuses from location l "
                + "left join location_status u on u.location_id = l.id left join order_status s on s.id = u.status_id and s.active where l.id = any(:ids) group by l.id")
            .bind("ids", locations.toArray(Long[]::new)).map((r, x) -> places.put(r.getLong("id"), new Place(r.getString("name"),
                new BusinessCalendar(OpeningHours.parse(r.getString("opening_hours")), Holidays.parse(r.getString("holidays")), ZoneId.of(r.getString("zone"))),
                Arrays.stream(r.getString("statuses").split(",")).collect(Collectors.toSet())))).list();
        return new Surroundings(words, places, now, new HashMap<>());
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

    boolean opens(long location) {
        return opening.computeIfAbsent(location, id -> places.get(id).calendar().nextOpening(now, AutomationDesk.HORIZON).isPresent());
    }
}
