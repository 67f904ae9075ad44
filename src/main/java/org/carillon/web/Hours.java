package org.carillon.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.Window;

/** Opening hours in words: « lundi au vendredi, 8 h 00 à 12 h 00 et 13 h 00 à 17 h 30 ; samedi, 9 h 00 à 12 h 00 ». */
@Named @RequestScoped
public class Hours {

    private Current current;
    private Texts texts;
    private Moments moments;

    protected Hours() { }

    @Inject
    public Hours(Current current, Texts texts, Moments moments) {
        this.current = current;
        this.texts = texts;
        this.moments = moments;
    }

    /** @param json as stored */
    public String ofJson(String json) { return of(OpeningHours.parse(json)); }

    public String of(OpeningHours hours) {
        if (hours.isNever()) {
            return texts.say("location", "hours.never");
        }
        List<String> parts = new ArrayList<>();
        DayOfWeek from = DayOfWeek.MONDAY;
        for (DayOfWeek day : DayOfWeek.values()) {
            boolean ends = day == DayOfWeek.SUNDAY || !hours.on(day).equals(hours.on(day.plus(1)));
            if (ends && !hours.on(from).isEmpty()) {
                parts.add(days(from, day) + ", " + windows(hours.on(from)));
            }
            from = ends ? day.plus(1) : from;
        }
        return String.join(texts.say("location", "hours.sep"), parts);
    }

    public String windows(List<Window> windows) {
        return windows.stream().map(w -> texts.say("location", "hours.window", moments.time(w.open()), moments.time(w.close()))).collect(Collectors.joining(texts.say("location", "hours.and")));
    }

    public String day(DayOfWeek day) {
        Locale locale = current.getLocale();
        return day.getDisplayName(TextStyle.FULL, locale);
    }

    private String days(DayOfWeek from, DayOfWeek to) {
        return from == to ? day(from) : texts.say("location", to == from.plus(1) ? "hours.two" : "hours.range", day(from), day(to));
    }
}
