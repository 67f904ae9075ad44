package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
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

    /** « novembre 2026 ». */
    public String month(LocalDate day) { return day.format(DateTimeFormatter.ofPattern("MMMM yyyy", french(current.getLocale()) ? current.getLocale() : Locale.US)); }

    /** « 24 nov. 2026, 9 h 00 », as the clock of the location shows it. */
    public String wall(LocalDateTime local) { return local == null ? "" : Texts.say(current.getLocale(), "moment", "date", day(local.toLocalDate()), time(local.toLocalTime())); }

    public String time(LocalTime time) { return time == null ? "" : time.format(times(current.getLocale())); }

    /** « heure de l’Est nord-américain », printed where an hour is chosen. */
    public String zone(ZoneId zone) { return zone.getDisplayName(TextStyle.FULL, current.getLocale()); }

    /** Time of day in a zone. */
    public String clock(Instant moment, String zone) { return moment == null ? "" : time(moment.atZone(ZoneId.of(zone)).toLocalTime()); }

    /** The day in a zone. */
    public LocalDate date(Instant moment, String zone) { return moment.atZone(ZoneId.of(zone)).toLocalDate(); }

    /** « dans 12 min », « il y a 3 h » within a day, else as {@link #atZone}. */
    public String near(Instant moment, String zone) {
        if (moment == null) {
            return "";
        }
        long minutes = ChronoUnit.MINUTES.between(clock.now(), moment);
        long far = Math.abs(minutes);
        String amount = far < 60 ? Texts.say(current.getLocale(), "moment", "minutes", far) : Texts.say(current.getLocale(), "moment", "hours", far / 60);
        return far >= 24 * 60 ? atZone(moment, zone) : far < 1 ? Texts.say(current.getLocale(), "moment", "now")
            : Texts.say(current.getLocale(), "moment", minutes > 0 ? "in" : "ago", amount);
    }

    /** « Aujourd’hui, 20 novembre », « Hier, 19 novembre », « 12 mars 2026 »; as a heading. */
    public String heading(LocalDate day, ZoneId zone) {
        Locale locale = current.getLocale();
        long days = ChronoUnit.DAYS.between(clock.now().atZone(zone).toLocalDate(), day);
        String key = days == 0 ? "heading.today" : days == -1 ? "heading.yesterday" : null;
        return key == null ? day(day) : Texts.say(locale, "moment", key,
            day.format(DateTimeFormatter.ofPattern(french(locale) ? "d\u00A0MMMM" : "MMMM d", french(locale) ? locale : Locale.US)));
    }

    /** The name and number of a zone today: « America/Toronto (UTC−5) ». */
    public String zoneOf(String zone) {
        ZoneId id = ZoneId.of(zone);
        String offset = id.getRules().getOffset(clock.now()).getId();
        return id.getId() + " (UTC" + ("Z".equals(offset) ? "" : offset.replace(":00", "").replace("-0", "\u2212").replace("-", "\u2212").replace("+0", "+")) + ")";
    }

    static String phrase(Instant moment, Instant now, ZoneId zone, Locale locale) {
        ZonedDateTime at = moment.atZone(zone);
        String time = at.format(times(locale));
        long days = ChronoUnit.DAYS.between(now.atZone(zone).toLocalDate(), at.toLocalDate());
        String key = days == 0 ? "today" : days == 1 ? "tomorrow" : days == -1 ? "yesterday" : null;
        return key == null ? Texts.say(locale, "moment", "date", at.format(days(locale)), time) : Texts.say(locale, "moment", key, time);
    }

    private static DateTimeFormatter times(Locale locale) {
        return DateTimeFormatter.ofPattern(french(locale) ? "H'\u00A0h\u00A0'mm" : "h:mm'\u00A0'a", french(locale) ? locale : Locale.US);
    }

    private static DateTimeFormatter days(Locale locale) {
        return DateTimeFormatter.ofPattern(french(locale) ? "d\u00A0MMM yyyy" : "MMM d, yyyy", french(locale) ? locale : Locale.US);
    }

    private static boolean french(Locale locale) { return Locale.FRENCH.getLanguage().equals(locale.getLanguage()); }
}
