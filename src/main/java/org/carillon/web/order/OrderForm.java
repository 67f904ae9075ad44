package org.carillon.web.order;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.carillon.customer.ConsentStatement;
import org.carillon.customer.CustomerState;
import org.carillon.customer.PhoneState;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.repair.OrderState;
import org.carillon.report.CustomerList.Pick;

/** What is being typed about a new order, and about its customer where that is somebody new. */
public class OrderForm implements Serializable {

    private Long location;
    private String who = "known";
    private Pick customer;
    private String name;
    private String phone;
    private String mail;
    private String language = "fr";
    private boolean sms;
    private boolean email;
    private String type;
    private Long vehicle;
    private String object;
    private String reference;
    private String status;
    private BigDecimal total;
    private LocalDate dueDate;
    private LocalTime dueTime;

    /**
     * A due date needs a day and an hour, or neither. What the type does not show is not said, even when it was typed before the type was chosen.
     *
     * @param shows whether the form shows a field of that code (RO-28)
     */
    OrderState order(Predicate<String> shows) {
        boolean dated = shows.test("DUE_DATE");
        if (dated && (dueDate == null) != (dueTime == null)) {
            throw new Invalid(dueDate == null ? "dueDate" : "dueTime", "required");
        }
        LocalDateTime due = dueDate == null || dueTime == null ? null : LocalDateTime.of(dueDate, dueTime);
        OrderState nothing = OrderState.nothing();
        return new OrderState(Given.of(location), customer == null ? Given.absent() : Given.of(customer.id()), nothing.kind(), Given.of(type), Given.of(status), nothing.statusCode(),
            dated ? Given.of(due) : Given.absent(), nothing.openedAt(), nothing.closedAt(), nothing.statusChangedAt(),
            isFresh() || !shows.test("OBJECT") ? Given.absent() : Given.of(vehicle), text(shows.test("OBJECT"), object), text(shows.test("REFERENCE"), reference),
            nothing.userReference(), nothing.customerSale(), nothing.warrantySale(), shows.test("AMOUNT") ? Given.of(total) : Given.absent(), nothing.lines(), false);
    }

    private static Given<String> text(boolean shown, String typed) { return shown ? Given.of(Objects.toString(typed, "").strip()) : Given.absent(); }

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
    public String getType() { return type; }
    public void setType(String type) { this.type = type; }
    public Long getVehicle() { return vehicle; }
    public void setVehicle(Long vehicle) { this.vehicle = vehicle; }
    public String getObject() { return object; }
    public void setObject(String object) { this.object = object; }
    public String getReference() { return reference; }
    public void setReference(String reference) { this.reference = reference; }
    public String getStatus() { return status; }
    public void setStatus(String status) { this.status = status; }
    public BigDecimal getTotal() { return total; }
    public void setTotal(BigDecimal total) { this.total = total; }
    public LocalDate getDueDate() { return dueDate; }
    public void setDueDate(LocalDate dueDate) { this.dueDate = dueDate; }
    public LocalTime getDueTime() { return dueTime; }
    public void setDueTime(LocalTime dueTime) { this.dueTime = dueTime; }
}
