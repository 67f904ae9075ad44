package org.carillon.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.LocalTime;
import java.time.ZoneId;

/** A shop at one place: its zone and hours decide when, its country how numbers are read, its sender in whose name. */
@Entity @Table(name = "location")
public class Location {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "location")
    @SequenceGenerator(name = "location", sequenceName = "location_id_seq", allocationSize = 50)
    private Long id;
    private String code;
    private String name;
    private String zone;
    private String country;
    private String language;
    @Column(name = "opening_hours")
    private String openingHours = "{}";
    private String holidays = "[]";
    @Column(name = "quiet_from")
    private LocalTime quietFrom = LocalTime.of(21, 0);
    @Column(name = "quiet_to")
    private LocalTime quietTo = LocalTime.of(8, 0);
    @Column(name = "sms_sender")
    private String smsSender = "";
    @Column(name = "email_from")
    private String emailFrom = "";
    @Column(name = "sms_mode")
    private String smsMode = "TYPO";
    @Column(name = "reply_email")
    private String replyEmail = "";
    private String phone = "";
    @Column(name = "postal_address")
    private String postalAddress = "";
    private String region = "";
    @Column(name = "calendar_rev")
    private int calendarRev = 1;
    private boolean active = true;
    @Version
    private int version;

    protected Location() { }

    static Location open(String code) {
        Location location = new Location();
        location.code = code;
        return location;
    }

    /** Takes over what was said, already judged; returns whether the calendar (zone, hours, holidays, quiet hours) changed, which re-plans what waits for it. */
    boolean become(LocationState state) {
        String before = calendarText();
        name = state.name().or(name);
        zone = state.zone().or(zone);
        country = state.country().or(country);
        language = state.language().or(language);
        openingHours = state.openingHours().present() ? state.openingHours().value().json() : openingHours;
        holidays = state.holidays().present() ? state.holidays().value().json() : holidays;
        quietFrom = state.quietFrom().or(quietFrom, () -> LocalTime.MIDNIGHT);
        quietTo = state.quietTo().or(quietTo, () -> LocalTime.MIDNIGHT);
        smsSender = state.smsSender().or(smsSender, () -> "");
        emailFrom = state.emailFrom().or(emailFrom, () -> "");
        smsMode = state.smsMode().or(smsMode, () -> "TYPO");
        replyEmail = state.replyEmail().or(replyEmail, () -> "");
        phone = state.phone().or(phone, () -> "");
        postalAddress = state.postalAddress().or(postalAddress, () -> "");
        if (state.region().present() || state.postalAddress().present()) {
            region = Region.of(country, state.region().or(region, () -> ""), postalAddress);
        }
        boolean changed = id != null && !before.equals(calendarText());
        if (changed) {
            calendarRev++;
        }
        return changed;
    }

    private String calendarText() { return zone + openingHours + holidays + quietFrom + quietTo; }

    public BusinessCalendar calendar() { return new BusinessCalendar(openingHours(), holidays(), zone()); }

    public Long id() { return id; }
    public String code() { return code; }
    public String name() { return name; }
    public ZoneId zone() { return ZoneId.of(zone); }
    public String country() { return country; }
    public String language() { return language; }
    public OpeningHours openingHours() { return OpeningHours.parse(openingHours); }
    public Holidays holidays() { return Holidays.parse(holidays); }
    public QuietHours quietHours() { return new QuietHours(quietFrom, quietTo); }
    public LocalTime quietFrom() { return quietFrom; }
    public LocalTime quietTo() { return quietTo; }
    public String smsSender() { return smsSender; }
    public String emailFrom() { return emailFrom; }
    /** Where customers' answers by SMS are forwarded (GC-06); empty: nowhere. */
    public String replyEmail() { return replyEmail; }
    /** KEEP, TYPO or FOLD: what may be changed in an SMS so that it stays in GSM-7 (MSG-02). */
    public String smsMode() { return smsMode; }
    public String phone() { return phone; }
    public String postalAddress() { return postalAddress; }
    /** The province or state, such as QC; empty where nobody knows. */
    public String region() { return region; }
    /** Where texts must be there in French (LAW-22). */
    public boolean inQuebec() { return Region.QUEBEC.equals(region) && "CA".equals(country); }
    public int calendarRev() { return calendarRev; }
    public boolean active() { return active; }
    public int version() { return version; }
}
