package org.carillon.web.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carillon.automation.Schedule;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Texts;

/** A schedule in words: « Chaque mardi à 10 h 00 », “In real time, during opening hours”. */
@Named @ApplicationScoped
public class Timetable {

    private final Texts texts;
    private final Moments moments;
    private final Current current;

    protected Timetable() { this(null, null, null); }

    @Inject
    public Timetable(Texts texts, Moments moments, Current current) {
        this.texts = texts;
        this.moments = moments;
        this.current = current;
    }

    /** Null: nothing is chosen yet. */
    public String say(Schedule schedule) {
        if (schedule instanceof Schedule.Weekly weekly) {
            return texts.say("automation", "when.weekly", day(weekly.day()), moments.time(weekly.at()));
        }
        if (schedule instanceof Schedule.Daily daily) {
            return always(daily.days()) ? texts.say("automation", "when.daily", moments.time(daily.at())) : texts.say("automation", "when.days", days(daily.days()), moments.time(daily.at()));
        }
        if (schedule instanceof Schedule.RealTime real) {
            String hours = real.period().openingHours() ? texts.say("automation", "when.open")
                : texts.say("automation", "when.between", moments.time(real.period().from()), moments.time(real.period().to()));
            return always(real.period().days()) ? hours : texts.say("automation", "when.on", hours, days(real.period().days()));
        }
        return texts.say("automation", "when.unset");
    }

    public String icon(Schedule schedule) { return schedule instanceof Schedule.Weekly ? "pi-calendar" : schedule instanceof Schedule.Daily ? "pi-clock" : "pi-bolt"; }

    private static boolean always(Set<DayOfWeek> days) { return days.size() == DayOfWeek.values().length; }

    private String days(Set<DayOfWeek> days) { return new TreeSet<>(days).stream().map(this::day).collect(Collectors.joining(", ")); }

    private String day(DayOfWeek day) { return day.getDisplayName(TextStyle.FULL, current.getLocale()); }
}
