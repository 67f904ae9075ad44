package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.carillon.fact.ApplicationClock;

/**
 * Moments as a reader says them: « demain à 8 h 00 », « 20 nov. 2026, 16 h 00 »; “tomorrow at 8:00 AM”. Yesterday, today and tomorrow by name,
 * other days by date. For the screen only: the French forms carry no-break spaces, which have no place in an SMS.
 */
@Named @ApplicationScoped
public class Moments {

    private final Current current;
    private final ApplicationClock clock;

    protected Moments() { this(null, null); }

    @Inject
    public Moments(Current current, ApplicationClock clock) {
        this.current = current;
        this.clock = clock;
    }

    /** In the zone of the chosen location; empty for null. */
    public String at(Instant moment) { return at(moment, current.getZone()); }

    public String at(Instant moment, ZoneId zone) { return moment == null ? "" : phrase(moment, clock.now(), zone, current.getLocale()); }

    /** The zone as an identifier, as rows carry it. */
    public String atZone(Instant moment, String zone) { return at(moment, ZoneId.of(zone)); }

    public String day(LocalDate day) { return day == null ? "" : day.format(days(current.getLocale())); }

    public String time(LocalTime time) { return time == null ? "" : time.format(times(current.getLocale())); }

    /** « heure de l’Est nord-américain », printed where an hour is chosen. */
    public String zone(ZoneId zone) { return zone.getDisplayName(TextStyle.FULL, current.getLocale()); }

    static String phrase(Instant moment, Instant now, ZoneId zone, Locale locale) {
        ZonedDateTime at = moment.atZone(zone);
        String time = at.format(times(locale));
        long days = ChronoUnit.DAYS.between(now.atZone(zone).toLocalDate(), at.toLocalDate());
        String key = days == 0 ? "today" : days == 1 ? "tomorrow" : days == -1 ? "yesterday" : null;
        return key == null ? Texts.say(locale, "moment", "date", at.format(days(locale)), time) : Texts.say(locale, "moment", key, time);
    }

    private static DateTimeFormatter times(Locale locale) {
        return DateTimeFormatter.ofPattern(french(locale) ? "H'\u00A0h\u00A0'mm" : "h:mm a", french(locale) ? locale : Locale.US);
    }

    private static DateTimeFormatter days(Locale locale) {
        return DateTimeFormatter.ofPattern(french(locale) ? "d\u00A0MMM yyyy" : "MMM d, yyyy", french(locale) ? locale : Locale.US);
    }

    private static boolean french(Locale locale) { return Locale.FRENCH.getLanguage().equals(locale.getLanguage()); }
}
