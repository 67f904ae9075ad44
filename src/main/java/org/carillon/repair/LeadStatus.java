package org.carillon.repair;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** A step on the way from a question to an order. It belongs to the company and holds at every location. */
@Entity @Table(name = "lead_status")
public class LeadStatus extends CodedName {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "lead_status")
    @SequenceGenerator(name = "lead_status", sequenceName = "lead_status_id_seq", allocationSize = 50)
    private Long id;
    @Enumerated(EnumType.STRING) @Column(name = "status_group")
    private LeadGroup group;

    protected LeadStatus() { }

    private LeadStatus(String code, int position) { super(code, position); }

    static LeadStatus define(String code, int position) { return new LeadStatus(code, position); }

    void become(String nameFr, String nameEn, LeadGroup group, boolean active) {
        rename(nameFr, nameEn);
        this.group = group;
        offer(active);
    }

    public Long id() { return id; }
    public LeadGroup group() { return group; }
}
