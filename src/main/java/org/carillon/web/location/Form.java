package org.carillon.web.location;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.shop.Holidays;
import org.carillon.shop.Location;
import org.carillon.shop.LocationState;
import org.carillon.shop.OpeningHours;

/** A location as it is being typed. */
public class Form implements Serializable {

    private Integer version;
    private String code;
    private String name;
    private String zone;
    private String country;
    private String language;
    private String smsMode = "TYPO";
    private String quietFrom = "21:00";
    private String quietTo = "08:00";
    private String sender;
    private String emailFrom;
    private String replyEmail;
    private String phone;
    private String postalAddress;
    private String region;
    private final Map<String, List<Slot>> days = new LinkedHashMap<>();
    private final List<Feast> feasts = new ArrayList<>();
    private List<String> statuses = new ArrayList<>();

    protected Form() { }

    static Form empty(String language) {
        Form form = new Form();
        form.language = language;
        for (DayOfWeek day : DayOfWeek.values()) {
            form.days.put(name(day), new ArrayList<>());
        }
        return form;
    }

    static Form of(Location location) {
        Form form = empty(location.language());
        form.version = location.version();
        form.code = location.code();
        form.name = location.name();
        form.zone = location.zone().getId();
        form.country = location.country();
        form.quietFrom = location.quietFrom().toString();
        form.quietTo = location.quietTo().toString();
        form.sender = location.smsSender();
        form.smsMode = location.smsMode();
        form.emailFrom = location.emailFrom();
        form.replyEmail = location.replyEmail();
        form.phone = location.phone();
        form.postalAddress = location.postalAddress();
        form.region = location.region();
        OpeningHours hours = location.openingHours();
        for (DayOfWeek day : DayOfWeek.values()) {
            form.days.put(name(day), Slot.of(hours.on(day)));
        }
        location.holidays().list().forEach(holiday -> form.feasts.add(Feast.of(holiday)));
        return form;
    }

    /** @throws Invalid naming the day, the holiday or the hour that cannot be read */
    LocationState state() {
        return new LocationState(Given.of(name), Given.of(zone), Given.of(country), Given.of(language), Given.of(hours()), Given.of(holidays()),
            Given.of(time("quietFrom", quietFrom)), Given.of(time("quietTo", quietTo)), Given.of(text(sender)), Given.of(smsMode), Given.of(text(emailFrom)),
            Given.of(text(phone)), Given.of(text(postalAddress)), Given.of(text(replyEmail)), Given.of(text(region)));
    }

    private OpeningHours hours() {
        JsonObjectBuilder json = Json.createObjectBuilder();
        days.forEach((day, slots) -> json.add(day, Slot.json(slots)));
        return OpeningHours.parse(json.build().toString());
    }

    private Holidays holidays() {
        JsonArrayBuilder json = Json.createArrayBuilder();
        feasts.forEach(feast -> json.add(feast.json()));
        return Holidays.parse(json.build().toString());
    }

    private static LocalTime time(String field, String text) {
        try {
            return LocalTime.parse(Objects.toString(text, ""));
        } catch (DateTimeException e) {
            throw new Invalid(field, "hours.badTime", Objects.toString(text, ""));
        }
    }

    private static String text(String text) { return text == null ? "" : text.strip().replace("\r\n", "\n"); }

    static String name(DayOfWeek day) { return day.name().substring(0, 3); }

    /** Of the location as it was read; null for a new one. */
    Integer version() { return version; }

    public String getCode() { return code; }
    public void setCode(String code) { this.code = code; }
    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
    public String getZone() { return zone; }
    public void setZone(String zone) { this.zone = zone; }
    public String getCountry() { return country; }
    public void setCountry(String country) { this.country = country; }
    public String getLanguage() { return language; }
    public void setLanguage(String language) { this.language = language; }
    public String getSmsMode() { return smsMode; }
    public void setSmsMode(String smsMode) { this.smsMode = smsMode; }
    public String getQuietFrom() { return quietFrom; }
    public void setQuietFrom(String quietFrom) { this.quietFrom = quietFrom; }
    public String getQuietTo() { return quietTo; }
    public void setQuietTo(String quietTo) { this.quietTo = quietTo; }
    public String getSender() { return sender; }
    public void setSender(String sender) { this.sender = sender; }
    public String getReplyEmail() { return replyEmail; }
    public void setReplyEmail(String replyEmail) { this.replyEmail = replyEmail; }
    public String getEmailFrom() { return emailFrom; }
    public void setEmailFrom(String emailFrom) { this.emailFrom = emailFrom; }
    public String getPhone() { return phone; }
    public void setPhone(String phone) { this.phone = phone; }
    public String getPostalAddress() { return postalAddress; }
    public void setPostalAddress(String postalAddress) { this.postalAddress = postalAddress; }
    public String getRegion() { return region; }
    public void setRegion(String region) { this.region = region; }
    public Map<String, List<Slot>> getDays() { return days; }
    public List<Feast> getFeasts() { return feasts; }
    public List<String> getStatuses() { return statuses; }
    public void setStatuses(List<String> statuses) { this.statuses = statuses; }
}
