package org.carillon.web.company;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.fact.Invalid;
import org.carillon.shop.Company;
import org.carillon.shop.Company.Offers;
import org.carillon.shop.CompanyDesk;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.Window;
import org.carillon.web.Notices;

/** The company. */
@Named("companyEdit") @ViewScoped
public class EditPage implements Serializable {

    @Inject private CompanyDesk desk;
    @Inject private Notices notices;
    private String name;
    private String address;
    private String language;
    private String stopScope;
    private String contact;
    private String stopNumber;
    private String from;
    private String to;
    private boolean saturday = true;
    private boolean sunday = true;
    private Integer aDay;
    private Integer aMonth;
    private Integer answersADay;
    private boolean impliedConsent;
    private Integer segments;
    private Integer offerSegments;
    private int version;

    @PostConstruct
    void load() {
        Company company = desk.company();
        name = company.name();
        address = company.postalAddress();
        language = company.language();
        stopScope = company.stopScope();
        version = company.version();
        contact = company.offers().contact();
        stopNumber = company.offers().stopNumber();
        aDay = company.offers().aDay();
        aMonth = company.offers().aMonth();
        answersADay = company.offers().answersADay();
        impliedConsent = company.offers().impliedConsent();
        segments = company.offers().segments();
        offerSegments = company.offers().offerSegments();
        if (company.offers().hours() != null) {
            List<Window> week = company.offers().hours().on(DayOfWeek.MONDAY);
            from = week.isEmpty() ? null : week.get(0).open().toString();
            to = week.isEmpty() ? null : week.get(0).close().toString();
            saturday = !company.offers().hours().on(DayOfWeek.SATURDAY).isEmpty();
            sunday = !company.offers().hours().on(DayOfWeek.SUNDAY).isEmpty();
        }
    }

    private Offers offers() { return new Offers(contact, stopNumber, hours(), number(aDay), number(aMonth), number(answersADay), impliedConsent, number(segments), number(offerSegments)); }

    private static int number(Integer given) { return given == null ? 0 : given; }

    /** Null where nothing is narrower than the law. */
    private OpeningHours hours() {
        if ((from == null || from.isBlank()) && (to == null || to.isBlank()) && saturday && sunday) {
            return null;
        }
        Window window = new Window(time("from", from), time("to", to));
        return OpeningHours.of(List.of(window), Stream.of(DayOfWeek.values()).filter(day -> (saturday || day != DayOfWeek.SATURDAY) && (sunday || day != DayOfWeek.SUNDAY)).toArray(DayOfWeek[]::new));
    }

    private static LocalTime time(String field, String text) {
        try {
            return text == null || text.isBlank() ? LocalTime.MIDNIGHT : LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new Invalid(field, "hours.badTime", text);
        }
    }

    /** Back to the same page, so that a reload saves nothing twice. */
    public String save() {
        try {
            desk.describe(new Company(name, address, language, stopScope, offers(), version));
            notices.doneThen("company", "edit.saved");
            return "/company/edit?faces-redirect=true";
        } catch (Invalid refusal) {
            notices.refuse("form", refusal);
            return null;
        }
    }

    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
    public String getAddress() { return address; }
    public void setAddress(String address) { this.address = address; }
    public String getStopScope() { return stopScope; }
    public void setStopScope(String stopScope) { this.stopScope = stopScope; }
    public String getLanguage() { return language; }
    public void setLanguage(String language) { this.language = language; }
    public String getContact() { return contact; }
    public void setContact(String contact) { this.contact = contact; }
    public String getStopNumber() { return stopNumber; }
    public void setStopNumber(String stopNumber) { this.stopNumber = stopNumber; }
    public String getFrom() { return from; }
    public void setFrom(String from) { this.from = from; }
    public String getTo() { return to; }
    public void setTo(String to) { this.to = to; }
    public boolean isSaturday() { return saturday; }
    public void setSaturday(boolean saturday) { this.saturday = saturday; }
    public boolean isSunday() { return sunday; }
    public void setSunday(boolean sunday) { this.sunday = sunday; }
    public Integer getADay() { return aDay; }
    public void setADay(Integer aDay) { this.aDay = aDay; }
    public Integer getAMonth() { return aMonth; }
    public void setAMonth(Integer aMonth) { this.aMonth = aMonth; }
    public Integer getAnswersADay() { return answersADay; }
    public void setAnswersADay(Integer answersADay) { this.answersADay = answersADay; }
    public boolean isImpliedConsent() { return impliedConsent; }
    public void setImpliedConsent(boolean impliedConsent) { this.impliedConsent = impliedConsent; }
    public Integer getSegments() { return segments; }
    public void setSegments(Integer segments) { this.segments = segments; }
    public Integer getOfferSegments() { return offerSegments; }
    public void setOfferSegments(Integer offerSegments) { this.offerSegments = offerSegments; }
}
