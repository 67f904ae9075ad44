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
import jakarta.persistence.Version;

/** A step on the way from a question to an order. It belongs to the company and holds at every location. */
@Entity @Table(name = "lead_status")
public class LeadStatus {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "lead_status")
    @SequenceGenerator(name = "lead_status", sequenceName = "lead_status_id_seq", allocationSize = 50)
    private Long id;
    private String code;
    @Column(name = "name_fr")
    private String nameFr;
    @Column(name = "name_en")
    private String nameEn;
    @Enumerated(EnumType.STRING) @Column(name = "status_group")
    private LeadGroup group;
    private int position;
    private boolean active = true;
    @Version
    private int version;

    protected LeadStatus() { }

    static LeadStatus define(String code, int position) {
        LeadStatus status = new LeadStatus();
        status.code = code;
        status.position = position;
        return status;
    }

    void become(String nameFr, String nameEn, LeadGroup group, boolean active) {
        this.nameFr = nameFr;
        this.nameEn = nameEn;
        this.group = group;
        this.active = active;
    }

    void moveTo(int position) { this.position = position; }

    public Long id() { return id; }
    public String code() { return code; }
    public String nameFr() { return nameFr; }
    public String nameEn() { return nameEn; }
    public String name(String language) { return "en".equals(language) ? nameEn : nameFr; }
    public LeadGroup group() { return group; }
    public int position() { return position; }
    public boolean active() { return active; }
}
