package org.carillon.web.appointment;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.fact.ApplicationClock;
import org.carillon.report.AppointmentList;
import org.carillon.report.AppointmentList.Row;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Pages;
import org.carillon.web.Texts;
import org.primefaces.event.SelectEvent;
import org.primefaces.model.DefaultScheduleEvent;
import org.primefaces.model.DefaultScheduleModel;
import org.primefaces.model.ScheduleModel;

/**
 * Appointments of a day, a week or a month at the chosen location, or at all of the person's; each stands at the time that its own location's clock
 * shows. What is shown is in the address. On a phone the same days are a list.
 */
@Named("appointmentCalendar") @ViewScoped
public class CalendarPage implements Serializable {

    private static final Map<String, String> MODES = Map.of("day", "timeGridDay", "week", "timeGridWeek", "month", "dayGridMonth");
    private static final List<String> VIEWS = List.of("day", "week", "month");
    /** More than a month of the busiest shop. */
    private static final int MOST = 2_000;
    private static final int USUAL_MINUTES = 30;

    /** A day of the list. */
    public record Day(LocalDate date, String heading, List<Row> rows) { }

    @Inject private AppointmentList list;
    @Inject private ApplicationClock clock;
    @Inject private Current current;
    @Inject private Moments moments;
    @Inject private Stands stands;
    @Inject private Texts texts;
    @Inject private PanelPage panel;
    private String view;
    private String date;
    private String customer;
    private transient List<Row> rows;
    private transient ScheduleModel model;

    /** Called on GET only. */
    public void open() {
        if (Pages.number(customer) != null) {
            panel.startFor(Pages.number(customer));
        }
    }

    public LocalDate today() { return clock.now().atZone(current.getZone()).toLocalDate(); }

    private LocalDate at() {
        try {
            LocalDate asked = date == null ? today() : LocalDate.parse(date);
            return asked.getYear() < 1900 || asked.getYear() > 2199 ? today() : asked;
        } catch (DateTimeException e) {
            return today();
        }
    }

    public LocalDate getFrom() {
        return switch (getShown()) {
            case "day" -> at();
            case "month" -> at().withDayOfMonth(1);
            default -> at().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        };
    }

    /** The first day that is no longer shown. */
    private LocalDate to() {
        return switch (getShown()) { case "day" -> getFrom().plusDays(1); case "month" -> getFrom().plusMonths(1); default -> getFrom().plusWeeks(1); };
    }

    /** In order; a month shows the days around it, too. */
    private List<Row> rows() {
        if (rows == null) {
            LocalDate from = "month".equals(getShown()) ? getFrom().minusDays(7) : getFrom();
            LocalDate to = "month".equals(getShown()) ? to().plusDays(14) : to();
            rows = list.between(current.getView(), from.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC), to.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC), MOST).stream()
                .filter(row -> !row.start().toLocalDate().isBefore(from) && row.start().toLocalDate().isBefore(to)).toList();
        }
        return rows;
    }

    public ScheduleModel getModel() {
        if (model == null) {
            model = new DefaultScheduleModel();
            rows().forEach(row -> model.addEvent(DefaultScheduleEvent.builder().title(title(row)).startDate(row.start())
                .endDate(row.end() == null || !row.end().isAfter(row.start()) ? row.start().plusMinutes(USUAL_MINUTES) : row.end())
                .styleClass("c-ev " + stands.style(row.status()) + " is-" + row.status().toLowerCase(java.util.Locale.ROOT)).url(Pages.address("/appointment/view.xhtml", Map.of("id", row.id())))
                .editable(false).build()));
        }
        return model;
    }

    private String title(Row row) {
        String title = row.customer() + (row.object().isEmpty() ? "" : " \u00b7 " + row.object()) + " \u00b7 " + texts.say("appointment", "status." + row.status());
        return current.getLocationId() == null ? title + " \u00b7 " + row.location() : title;
    }

    /** The same as a list by days; days without any are left out. */
    public List<Day> getDays() {
        Map<LocalDate, List<Row>> days = new LinkedHashMap<>();
        rows().stream().filter(row -> !row.start().toLocalDate().isBefore(getFrom()) && row.start().toLocalDate().isBefore(to()))
            .forEach(row -> days.computeIfAbsent(row.start().toLocalDate(), day -> new java.util.ArrayList<>()).add(row));
        return days.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(day -> new Day(day.getKey(), moments.heading(day.getKey(), current.getZone()), day.getValue())).toList();
    }

    /** A date on the grid was chosen. */
    public void choose(SelectEvent<LocalDateTime> chosen) {
        LocalDateTime at = chosen.getObject();
        panel.start("month".equals(getShown()) ? at.toLocalDate().atTime(LocalTime.of(9, 0)) : at);
    }

    public String getShown() { return view != null && VIEWS.contains(view) ? view : "week"; }

    public String getMode() { return MODES.get(getShown()); }

    public List<String> getViews() { return VIEWS; }

    public String to(String view) { return address(view, at()); }

    public String getBefore() { return address(getShown(), getFrom().minusDays(1)); }

    public String getAfter() { return address(getShown(), to()); }

    public String getNow() { return address(getShown(), today()); }

    private static String address(String view, LocalDate date) { return Pages.address("/appointment/calendar.xhtml", Map.of("view", view, "date", date)); }

    public String getHeading() {
        return switch (getShown()) {
            case "day" -> moments.day(getFrom());
            case "month" -> moments.month(getFrom());
            default -> texts.say("appointment", "calendar.week", moments.day(getFrom()), moments.day(to().minusDays(1)));
        };
    }

    /** The wall time, for the mark of the present. */
    public String getWallTime() { return LocalDateTime.ofInstant(clock.now(), current.getZone()).withNano(0).toString(); }

    /** From when on hours are shown: as early as the earliest, seven as a rule. */
    public String getFirstHour() { return hour(rows().stream().map(r -> r.start().getHour()).reduce(7, Math::min)); }

    public String getLastHour() {
        return hour(rows().stream().map(r -> r.end() == null ? r.start().plusMinutes(USUAL_MINUTES) : r.end()).map(e -> e.getHour() + (e.getMinute() > 0 ? 1 : 0)).reduce(19, Math::max));
    }

    private static String hour(int hour) { return (hour < 10 ? "0" : "") + hour + ":00:00"; }

    public String getView() { return view; }
    public void setView(String view) { this.view = view; }
    public String getDate() { return date; }
    public void setDate(String date) { this.date = date; }
    public String getCustomer() { return customer; }
    public void setCustomer(String customer) { this.customer = customer; }
}
