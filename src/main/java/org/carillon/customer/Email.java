package org.carillon.customer;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** A customer's e-mail address: kept as it was given; {@code address} is null where it cannot be used. */
@Entity @Table(name = "customer_email")
public class Email {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "email")
    @SequenceGenerator(name = "email", sequenceName = "customer_email_id_seq", allocationSize = 50)
    private Long id;
    @ManyToOne @JoinColumn(name = "customer_id")
    private Customer customer;
    private int position;
    private String raw;
    private String address;
    private String problem;

    protected Email() { }

    static Email of(Customer customer, int position, EmailAddress parsed) {
        Email email = new Email();
        email.customer = customer;
        email.position = position;
        email.raw = parsed.raw();
        email.address = parsed.address();
        email.problem = parsed.usable() ? null : "INVALID";
        return email;
    }

    public Long id() { return id; }
    public String raw() { return raw; }
    public String address() { return address; }
    public String problem() { return problem; }
}
