package org.carillon.repair;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.EnumSet;
import java.util.Set;

/** A kind of work that the company takes in, with the fields that its order form shows (RO-28). One of them is preferred: it stands where none is named. */
@Entity @Table(name = "order_type")
public class OrderType extends CodedName {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "order_type")
    @SequenceGenerator(name = "order_type", sequenceName = "order_type_id_seq", allocationSize = 50)
    private Long id;
    @Convert(converter = FormFieldsConverter.class)
    private Set<FormField> shown = EnumSet.allOf(FormField.class);
    private boolean preferred;

    protected OrderType() { }

    private OrderType(String code, int position) { super(code, position); }

    static OrderType define(String code, int position) { return new OrderType(code, position); }

    void become(String nameFr, String nameEn, Set<FormField> shown) {
        rename(nameFr, nameEn);
        this.shown = shown.isEmpty() ? EnumSet.noneOf(FormField.class) : EnumSet.copyOf(shown);
    }

    void prefer(boolean preferred) { this.preferred = preferred; }

    public Long id() { return id; }
    public boolean shows(FormField field) { return shown.contains(field); }
    public Set<FormField> shown() { return Set.copyOf(shown); }
    public boolean preferred() { return preferred; }
}
