package org.carillon.customer;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** A customer's number: kept as it was given, with the form that can be sent to or the reason why there is none. */
@Entity @Table(name = "customer_phone")
public class Phone {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "phone")
    @SequenceGenerator(name = "phone", sequenceName = "customer_phone_id_seq", allocationSize = 50)
    private Long id;
    @ManyToOne @JoinColumn(name = "customer_id")
    private Customer customer;
    private int position;
    private String raw;
    private String e164;
    @Column(name = "sms_able")
    private boolean smsAble;
    @Enumerated(EnumType.STRING)
    private PhoneProblem problem;

    protected Phone() { }

    static Phone of(Customer customer, int position, PhoneNumber number) {
        Phone phone = new Phone();
        phone.customer = customer;
        phone.position = position;
        phone.raw = number.raw();
        phone.e164 = number.e164();
        phone.smsAble = number.smsAble();
        phone.problem = number.problem();
        return phone;
    }

    public Long id() { return id; }
    public String raw() { return raw; }
    public String e164() { return e164; }
    public boolean smsAble() { return smsAble; }
    public PhoneProblem problem() { return problem; }
}
