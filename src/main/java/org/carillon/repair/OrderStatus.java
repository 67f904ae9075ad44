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

/** A step of the company's work; locations switch it on, everything matches by code. */
@Entity @Table(name = "order_status")
public class OrderStatus extends CodedName {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "order_status")
    @SequenceGenerator(name = "order_status", sequenceName = "order_status_id_seq", allocationSize = 50)
    private Long id;
    @Enumerated(EnumType.STRING) @Column(name = "status_group")
    private StatusGroup group;

    protected OrderStatus() { }

    private OrderStatus(String code, int position) { super(code, position); }

    static OrderStatus define(String code, int position) { return new OrderStatus(code, position); }

    void become(String nameFr, String nameEn, StatusGroup group, boolean active) {
        rename(nameFr, nameEn);
        this.group = group;
        offer(active);
    }

    public Long id() { return id; }
    public StatusGroup group() { return group; }
}
