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

/** A step of the company's work; locations switch it on, everything matches by code. */
@Entity @Table(name = "order_status")
public class OrderStatus {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "order_status")
    @SequenceGenerator(name = "order_status", sequenceName = "order_status_id_seq", allocationSize = 50)
    private Long id;
    private String code;
    @Column(name = "name_fr")
    private String nameFr;
    @Column(name = "name_en")
    private String nameEn;
    @Enumerated(EnumType.STRING) @Column(name = "status_group")
    private StatusGroup group;
    private int position;
    private boolean active = true;
    @Version
    private int version;

    protected OrderStatus() { }

    static OrderStatus define(String code, int position) {
        OrderStatus status = new OrderStatus();
        status.code = code;
        status.position = position;
        return status;
    }

    void become(String nameFr, String nameEn, StatusGroup group, boolean active) {
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
    public StatusGroup group() { return group; }
    public int position() { return position; }
    public boolean active() { return active; }
}
