package org.carillon.shop;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** A day that overrides the usual week: closed, or open in windows of its own ("closed early"). It overrides the windows that start on it. */
public sealed interface Holiday extends Serializable {

    String name();

    /** None when closed all day. */
    List<Window> windows();

    boolean falls(LocalDate day);

    /** Once. */
    record OnDate(String name, LocalDate date, List<Window> windows) implements Holiday {
        @Override public boolean falls(LocalDate day) { return date.equals(day); }
    }

    /** Every year; 29 February is kept on the 28th where there is none (REL-53). */
    record Yearly(String name, MonthDay on, List<Window> windows) implements Holiday {
        @Override public boolean falls(LocalDate day) { return on.atYear(day.getYear()).equals(day); }
    }

    /** @param offset days after Easter Sunday: -2 is Good Friday, 1 Easter Monday, 39 Ascension, 50 Whit Monday */
    record Easter(String name, int offset, List<Window> windows) implements Holiday {
        @Override public boolean falls(LocalDate day) {
            LocalDate easter = day.minusDays(offset);
            return easter.equals(sunday(easter.getYear()));
        }

        /** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
        static LocalDate sunday(int year) {
            int a = year % 19;
            int b = year / 100;
            int c = year % 100;
            int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
            int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
            int m = (a + 11 * h + 22 * l) / 451;
            int days = h + l - 7 * m + 114;
            return LocalDate.of(year, days / 31, days % 31 + 1);
        }
    }

    /** @param nth 1 to 5, or -1 for the last: Labour Day is the 1st Monday of September */
    record NthWeekday(String name, Month month, DayOfWeek weekday, int nth, List<Window> windows) implements Holiday {
        @Override public boolean falls(LocalDate day) {
            return day.getMonth() == month && day.equals(day.with(TemporalAdjusters.dayOfWeekInMonth(nth, weekday)));
        }
    }

    /** The weekday before a date: Victoria Day and the Journée des patriotes are the Monday before 25 May. */
    record WeekdayBefore(String name, DayOfWeek weekday, MonthDay before, List<Window> windows) implements Holiday {
        @Override public boolean falls(LocalDate day) {
            return day.getDayOfWeek() == weekday && before.atYear(day.getYear()).with(TemporalAdjusters.previous(weekday)).equals(day);
        }
    }
}
