package org.carillon.repair;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.EnumSet;
import java.util.Set;

/** A kind of work that the company takes in, with the fields that its order form shows (RO-28). One of them is preferred: it stands where none is named. */
@Entity @Table(name = "order_type")
public class OrderType {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "order_type")
    @SequenceGenerator(name = "order_type", sequenceName = "order_type_id_seq", allocationSize = 50)
    private Long id;
    private String code;
    @Column(name = "name_fr")
    private String nameFr;
    @Column(name = "name_en")
    private String nameEn;
    @Convert(converter = FormFieldsConverter.class)
    private Set<FormField> shown = EnumSet.allOf(FormField.class);
    private int position;
    private boolean preferred;
    private boolean active = true;
    @Version
    private int version;

    protected OrderType() { }

    static OrderType define(String code, int position) {
        OrderType type = new OrderType();
        type.code = code;
        type.position = position;
        return type;
    }

    void become(String nameFr, String nameEn, Set<FormField> shown) {
        this.nameFr = nameFr;
        this.nameEn = nameEn;
        this.shown = shown.isEmpty() ? EnumSet.noneOf(FormField.class) : EnumSet.copyOf(shown);
    }

    void offer(boolean active) { this.active = active; }

    void prefer(boolean preferred) { this.preferred = preferred; }

    public Long id() { return id; }
    public String code() { return code; }
    public String nameFr() { return nameFr; }
    public String nameEn() { return nameEn; }
    public boolean shows(FormField field) { return shown.contains(field); }
    public Set<FormField> shown() { return Set.copyOf(shown); }
    public int position() { return position; }
    public boolean preferred() { return preferred; }
    public boolean active() { return active; }
    public int version() { return version; }
}
