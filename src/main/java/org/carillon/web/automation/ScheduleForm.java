package org.carillon.web.automation;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.carillon.automation.Period;
import org.carillon.automation.Schedule;

/** When an automation looks for its customers, as it is being chosen: what belongs to another way is kept while one is shown. */
public class ScheduleForm implements Serializable {

    public enum Way { DAILY, WEEKLY, REAL_TIME }

    /** The advice of the trade for offers and reminders (KI-46). */
    private static final LocalTime USUAL = LocalTime.of(11, 0);

    private Way way = Way.DAILY;
    private LocalTime at = USUAL;
    private List<String> days = all();
    private String day = DayOfWeek.TUESDAY.name();
    private boolean openingHours = true;
    private LocalTime from = LocalTime.of(9, 0);
    private LocalTime to = LocalTime.of(18, 0);
    private List<String> periodDays = all();

    private static List<String> all() { return new ArrayList<>(Arrays.stream(DayOfWeek.values()).map(DayOfWeek::name).toList()); }

    /** @param schedule null where none was chosen yet */
    static ScheduleForm of(Schedule schedule) {
        ScheduleForm form = new ScheduleForm();
        if (schedule instanceof Schedule.Daily daily) {
            form.at = daily.at();
            form.days = names(daily.days());
        } else if (schedule instanceof Schedule.Weekly weekly) {
            form.way = Way.WEEKLY;
            form.at = weekly.at();
            form.day = weekly.day().name();
        } else if (schedule instanceof Schedule.RealTime real) {
            form.way = Way.REAL_TIME;
            form.openingHours = real.period().openingHours();
            form.from = real.period().from() == null ? form.from : real.period().from();
            form.to = real.period().to() == null ? form.to : real.period().to();
            form.periodDays = names(real.period().days());
        }
        return form;
    }

    Schedule schedule() {
        return switch (way) {
            case DAILY -> new Schedule.Daily(at, days(days));
            case WEEKLY -> new Schedule.Weekly(DayOfWeek.valueOf(day), at);
            case REAL_TIME -> new Schedule.RealTime(new Period(openingHours, openingHours ? null : from, openingHours ? null : to, days(periodDays)));
        };
    }

    private static List<String> names(Set<DayOfWeek> days) { return new ArrayList<>(days.stream().sorted().map(DayOfWeek::name).toList()); }

    private static Set<DayOfWeek> days(List<String> names) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        names.forEach(name -> days.add(DayOfWeek.valueOf(name)));
        return days;
    }

    public Way[] getWays() { return Way.values(); }
    public DayOfWeek[] getWeek() { return DayOfWeek.values(); }
    public Way getWay() { return way; }
    public void setWay(Way way) { this.way = way == null ? this.way : way; }
    public LocalTime getAt() { return at; }
    public void setAt(LocalTime at) { this.at = at; }
    public List<String> getDays() { return days; }
    public void setDays(List<String> days) { this.days = days; }
    public String getDay() { return day; }
    public void setDay(String day) { this.day = day; }
    public boolean isOpeningHours() { return openingHours; }
    public void setOpeningHours(boolean openingHours) { this.openingHours = openingHours; }
    public LocalTime getFrom() { return from; }
    public void setFrom(LocalTime from) { this.from = from; }
    public LocalTime getTo() { return to; }
    public void setTo(LocalTime to) { this.to = to; }
    public List<String> getPeriodDays() { return periodDays; }
    public void setPeriodDays(List<String> periodDays) { this.periodDays = periodDays; }
}
