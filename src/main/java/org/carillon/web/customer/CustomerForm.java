package org.carillon.web.customer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.carillon.customer.ConsentStatement;
import org.carillon.customer.CustomerState;
import org.carillon.customer.PhoneState;
import org.carillon.customer.VehicleState;
import org.carillon.fact.Given;
import org.carillon.report.CustomerCard.Card;

/** What is being typed about a customer. Consent boxes say only what was changed. */
public class CustomerForm implements Serializable {

    /** A number or an address, with a place of its own in the form. */
    public static class Contact implements Serializable {
        private String text;
        private boolean mobile = true;

        public String getText() { return text; }
        public void setText(String text) { this.text = text; }
        public boolean isMobile() { return mobile; }
        public void setMobile(boolean mobile) { this.mobile = mobile; }
        boolean isBlank() { return text == null || text.isBlank(); }
    }

    /** A vehicle of the customer. */
    public static class Car implements Serializable {
        private Long id;
        private String ref = "";
        private String make;
        private String model;
        private Integer year;
        private String plate;
        private String vin;

        public String getMake() { return make; }
        public void setMake(String make) { this.make = make; }
        public String getModel() { return model; }
        public void setModel(String model) { this.model = model; }
        public Integer getYear() { return year; }
        public void setYear(Integer year) { this.year = year; }
        public String getPlate() { return plate; }
        public void setPlate(String plate) { this.plate = plate; }
        public String getVin() { return vin; }
        public void setVin(String vin) { this.vin = vin; }
        VehicleState state() { return new VehicleState(id, ref, Given.of(make), Given.of(model), Given.of(year), Given.of(vin), Given.of(plate)); }
        boolean isBlank() { return id == null && make == null && model == null && year == null && plate == null && vin == null; }
    }

    private Long id;
    private Integer version;
    private Long location;
    private String name;
    private String firstName;
    private String lastName;
    private String language = "fr";
    private final List<Contact> phones = new ArrayList<>(List.of(new Contact()));
    private final List<Contact> emails = new ArrayList<>(List.of(new Contact()));
    private final List<Car> cars = new ArrayList<>();
    private boolean sms;
    private boolean email;
    private boolean marketing;
    private boolean smsBefore;
    private boolean emailBefore;
    private boolean marketingBefore;
    private String how = "ORAL";

    static CustomerForm of(Card card) {
        CustomerForm form = new CustomerForm();
        form.id = card.person().id();
        form.version = card.person().version();
        form.location = card.person().locationId();
        form.firstName = blank(card.person().firstName());
        form.lastName = blank(card.person().lastName());
        form.name = card.person().name();
        form.language = card.person().language();
        form.phones.clear();
        card.phones().forEach(phone -> {
            Contact contact = new Contact();
            contact.text = phone.raw();
            contact.mobile = !"NOT_MOBILE".equals(phone.problem()) && !"NUMBER_UNUSABLE".equals(phone.problem());
            form.phones.add(contact);
        });
        form.emails.clear();
        card.emails().forEach(address -> {
            Contact contact = new Contact();
            contact.text = address.raw();
            form.emails.add(contact);
        });
        card.vehicles().forEach(vehicle -> {
            Car car = new Car();
            car.id = vehicle.id();
            car.ref = vehicle.ref();
            car.make = blank(vehicle.make());
            car.model = blank(vehicle.model());
            car.year = vehicle.year();
            car.plate = blank(vehicle.plate());
            car.vin = blank(vehicle.vin());
            form.cars.add(car);
        });
        form.sms = form.smsBefore = card.person().smsConsent();
        form.email = form.emailBefore = card.person().emailConsent();
        form.marketing = form.marketingBefore = card.person().marketingConsent();
        return form;
    }

    private static String blank(String text) { return text == null || text.isEmpty() ? null : text; }

    /** @param wording the words that the person was asked with
     * @param address where this is entered */
    CustomerState state(String wording, String address) {
        boolean said = sms != smsBefore || email != emailBefore || marketing != marketingBefore;
        ConsentStatement consent = !said ? null : new ConsentStatement(sms == smsBefore ? null : (Boolean) sms, email == emailBefore ? null : (Boolean) email,
            marketing == marketingBefore ? null : (Boolean) marketing, null, how, "", wording, address);
        return new CustomerState(Given.of(location), Given.of(Objects.toString(name, "").strip()), Given.of(firstName), Given.of(lastName), Given.of(language),
            Given.of(phones.stream().filter(p -> !p.isBlank()).map(p -> new PhoneState(p.text, p.mobile ? null : Boolean.FALSE)).toList()),
            Given.of(emails.stream().filter(e -> !e.isBlank()).map(e -> e.text.strip()).toList()),
            Given.of(cars.stream().filter(c -> !c.isBlank()).map(Car::state).toList()), consent);
    }

    /** The field of the form that a refusal is about: blank lines were left out of what the desk saw. */
    String field(String refused) {
        if (refused == null) {
            return null;
        }
        if (refused.matches("phones\\[\\d+]")) {
            return "phones:" + nth(phones, Integer.parseInt(refused.replaceAll("\\D", ""))) + ":phone";
        }
        if (refused.equals("email") || refused.matches("emails\\[\\d+]")) {
            return "emails:" + nth(emails, refused.equals("email") ? 0 : Integer.parseInt(refused.replaceAll("\\D", ""))) + ":mail";
        }
        return refused;
    }

    private static int nth(List<Contact> contacts, int filled) {
        int seen = -1;
        for (int i = 0; i < contacts.size(); i++) {
            if (!contacts.get(i).isBlank() && ++seen == filled) {
                return i;
            }
        }
        return 0;
    }

    public boolean isNew() { return id == null; }
    public boolean isConsentChanged() { return sms != smsBefore || email != emailBefore || marketing != marketingBefore; }
    public Long getId() { return id; }
    /** As it was shown; null for somebody new. */
    public Integer getVersion() { return version; }
    public Long getLocation() { return location; }
    public void setLocation(Long location) { this.location = location; }
    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
    public String getFirstName() { return firstName; }
    public void setFirstName(String firstName) { this.firstName = firstName; }
    public String getLastName() { return lastName; }
    public void setLastName(String lastName) { this.lastName = lastName; }
    public String getLanguage() { return language; }
    public void setLanguage(String language) { this.language = language; }
    public List<Contact> getPhones() { return phones; }
    public List<Contact> getEmails() { return emails; }
    public List<Car> getCars() { return cars; }
    public boolean isSms() { return sms; }
    public void setSms(boolean sms) { this.sms = sms; }
    public boolean isEmail() { return email; }
    public void setEmail(boolean email) { this.email = email; }
    public boolean isMarketing() { return marketing; }
    public void setMarketing(boolean marketing) { this.marketing = marketing; }
    public String getHow() { return how; }
    public void setHow(String how) { this.how = how; }
}
