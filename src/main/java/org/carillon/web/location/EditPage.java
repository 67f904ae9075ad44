package org.carillon.web.location;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.automation.AutomationDesk;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.fact.SearchText;
import org.carillon.repair.OrderStatus;
import org.carillon.repair.OrderStatuses;
import org.carillon.repair.StatusDesk;
import org.carillon.shop.Holidays;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Notices;

/** One location: who, where, when open, how it writes, which statuses it uses. */
@Named("locationEdit") @ViewScoped
public class EditPage implements Serializable {

    private static final List<String> NEAR = List.of("CA", "FR", "BE", "CH", "LU", "US");

    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private Moments moments;
    @Inject private ApplicationClock clock;
    @Inject private Locations locations;
    @Inject private OrderStatuses statuses;
    @Inject private StatusDesk desk;

    private String code;
    private boolean fresh;
    private String title = "";
    private Form form;
    private String copyFrom = "MON";
    private String copyTo = "WEEK";

    public void arrive() throws IOException {
        Optional<Location> stored = code == null ? Optional.empty() : locations.find(current.getScope(), code);
        fresh = code == null;
        if (fresh ? !current.getScope().all() : stored.isEmpty()) {
            outside().responseSendError(fresh ? 403 : 404, "");
            FacesContext.getCurrentInstance().responseComplete();
            return;
        }
        form = stored.map(Form::of).orElseGet(() -> Form.empty(current.getLanguage()));
        title = stored.map(Location::name).orElse("");
        stored.ifPresent(location -> form.setStatuses(new ArrayList<>(statuses.at(location.id()).stream().map(OrderStatus::code).toList())));
        if (fresh) {
            form.setStatuses(new ArrayList<>(getStatuses().stream().map(OrderStatus::code).toList()));
        }
    }

    public void save() throws IOException {
        try {
            String key = form.getCode() == null ? "" : form.getCode().strip();
            if (fresh && locations.find(current.getScope(), key).isPresent()) {
                throw new Invalid("code", "location.taken", key);
            }
            Location saved = desk.put(current.getScope(), key, form.version(), form.state(), form.getStatuses(), current.actor());
            notices.doneThen("location", fresh ? "edit.opened" : "edit.saved");
            if (saved.calendar().nextOpening(clock.now(), AutomationDesk.HORIZON).isEmpty()) {
                notices.warnThen(new Invalid("hours", "location.noOpening", saved.name()));
            }
            outside().redirect("edit.xhtml?code=" + key);
        } catch (Invalid refusal) {
            String field = refusal.field() == null ? "" : refusal.field();
            notices.refuse("edit", new Invalid(field.startsWith("openingHours.") ? "hours" + field.substring(13, 16) : field.startsWith("holidays") ? "feasts" : field,
                refusal.key(), refusal.arguments().toArray()));
        }
    }

    public void addSlot(String day) {
        List<Slot> slots = form.getDays().get(day);
        slots.add(slots.isEmpty() ? new Slot("08:00", "17:00") : new Slot(null, null));
    }

    public void removeSlot(String day, Slot slot) { form.getDays().get(day).removeIf(s -> s == slot); }

    /** One day's hours onto others. */
    public void copy() {
        List<Slot> source = form.getDays().get(copyFrom);
        List<DayOfWeek> week = List.of(DayOfWeek.values());
        ("ALL".equals(copyTo) ? week : "WEEK".equals(copyTo) ? week.subList(0, 5) : week.subList(5, 7)).stream().map(Form::name).filter(day -> !day.equals(copyFrom))
            .forEach(day -> form.getDays().put(day, Slot.copy(source)));
    }

    public void addFeast() { form.getFeasts().add(new Feast()); }

    public void removeFeast(Feast feast) { form.getFeasts().removeIf(f -> f == feast); }

    /** When it comes next, seen from today; empty when it has passed or is not complete. */
    public String next(Feast feast) {
        try {
            Holidays one = Holidays.parse("[" + feast.json() + "]");
            LocalDate today = clock.now().atZone(zone().orElse(ZoneId.of("UTC"))).toLocalDate();
            return Stream.iterate(today, day -> day.plusDays(1)).limit(800).filter(day -> one.on(day).isPresent()).findFirst().map(moments::day).orElse("");
        } catch (Invalid e) {
            return "";
        }
    }

    /** IANA zones of regions that hold the text; those of fixed offsets know no daylight saving and are not offered. */
    public List<String> zones(String text) {
        String asked = SearchText.of(text).replace(' ', '_');
        return ZoneId.getAvailableZoneIds().stream().filter(z -> z.indexOf('/') > 0 && !z.startsWith("Etc/") && !z.startsWith("SystemV/"))
            .filter(z -> z.toLowerCase(Locale.ROOT).contains(asked)).sorted().limit(30).toList();
    }

    /** What the clock there shows now; empty while the zone is not one. */
    public String getLocalTime() { return zone().map(zone -> moments.time(clock.now().atZone(zone).toLocalTime())).orElse(""); }

    public String getZoneName() { return zone().map(moments::zone).orElse(""); }

    private Optional<ZoneId> zone() { return Optional.ofNullable(form.getZone()).filter(ZoneId.getAvailableZoneIds()::contains).map(ZoneId::of); }

    /** The countries of most of our shops first, then all by name. */
    public List<Map.Entry<String, String>> getCountries() {
        Locale locale = current.getLocale();
        Stream<String> others = Stream.of(Locale.getISOCountries()).filter(c -> !NEAR.contains(c));
        return Stream.concat(NEAR.stream(), others.sorted(Comparator.comparing((String c) -> SearchText.of(country(c, locale)))))
            .map(c -> Map.entry(c, country(c, locale))).toList();
    }

    private static String country(String code, Locale locale) { return new Locale("", code).getDisplayCountry(locale); }

    public String month(int month) { return Month.of(month).getDisplayName(TextStyle.FULL, current.getLocale()); }

    public List<OrderStatus> getStatuses() { return statuses.all().stream().filter(OrderStatus::active).toList(); }

    private static ExternalContext outside() { return FacesContext.getCurrentInstance().getExternalContext(); }

    public DayOfWeek[] getWeekdays() { return DayOfWeek.values(); }
    public Feast.Kind[] getKinds() { return Feast.Kind.values(); }
    public String getCode() { return code; }
    public void setCode(String code) { this.code = code; }
    public boolean isNew() { return fresh; }
    public String getTitle() { return title; }
    public Form getForm() { return form; }
    public String getCopyFrom() { return copyFrom; }
    public void setCopyFrom(String copyFrom) { this.copyFrom = copyFrom; }
    public String getCopyTo() { return copyTo; }
    public void setCopyTo(String copyTo) { this.copyTo = copyTo; }
}
