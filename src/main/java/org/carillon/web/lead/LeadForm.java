package org.carillon.web.lead;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.carillon.customer.ConsentStatement;
import org.carillon.customer.CustomerState;
import org.carillon.customer.PhoneState;
import org.carillon.fact.Given;
import org.carillon.repair.LeadState;
import org.carillon.report.CustomerList.Pick;
import org.carillon.report.LeadCard.Card;

/** What is being typed about a lead, and about who asks where that is somebody new. */
public class LeadForm implements Serializable {

    private Long location;
    private String who = "fresh";
    private Pick customer;
    private String name;
    private String phone;
    private String mail;
    private String language = "fr";
    private boolean sms;
    private boolean email;
    private String object;
    private String note;
    private String status;

    /** All but the status, which is changed on the lead's page: it may be one that is no longer offered. */
    void take(Card card) {
        location = card.locationId();
        object = card.object();
        note = card.note();
    }

    LeadState lead() {
        return new LeadState(Given.of(location), customer == null || isFresh() ? Given.absent() : Given.of(customer.id()), status == null ? Given.absent() : Given.of(status),
            Given.of(Objects.toString(object, "").strip()), Given.of(Objects.toString(note, "").strip()), false);
    }

    /** With every channel off, unless who asks has agreed (RO-17). */
    CustomerState person(String wording, String address) {
        ConsentStatement consent = sms || email ? new ConsentStatement(sms ? true : null, email ? true : null, null, null, "ORAL", "", wording, address) : null;
        return new CustomerState(Given.of(location), Given.of(Objects.toString(name, "").strip()), Given.absent(), Given.absent(), Given.of(language),
            Given.of(phone == null ? List.of() : List.of(new PhoneState(phone, null))), Given.of(mail == null ? List.of() : List.of(mail.strip())), Given.absent(), consent);
    }

    public boolean isFresh() { return "fresh".equals(who); }
    public Long getLocation() { return location; }
    public void setLocation(Long location) { this.location = location; }
    public String getWho() { return who; }
    public void setWho(String who) { this.who = who; }
    public Pick getCustomer() { return customer; }
    public void setCustomer(Pick customer) { this.customer = customer; }
    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
    public String getPhone() { return phone; }
    public void setPhone(String phone) { this.phone = phone; }
    public String getMail() { return mail; }
    public void setMail(String mail) { this.mail = mail; }
    public String getLanguage() { return language; }
    public void setLanguage(String language) { this.language = language; }
    public boolean isSms() { return sms; }
    public void setSms(boolean sms) { this.sms = sms; }
    public boolean isEmail() { return email; }
    public void setEmail(boolean email) { this.email = email; }
    public String getObject() { return object; }
    public void setObject(String object) { this.object = object; }
    public String getNote() { return note; }
    public void setNote(String note) { this.note = note; }
    public String getStatus() { return status; }
    public void setStatus(String status) { this.status = status; }
}
