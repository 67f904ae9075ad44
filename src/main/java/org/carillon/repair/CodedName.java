package org.carillon.repair;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;

/** An entry of one of the company's own lists: everything matches by its code, people read its name. One that is no longer active stays where it was used. */
@MappedSuperclass
public abstract class CodedName {

    private String code;
    @Column(name = "name_fr")
    private String nameFr;
    @Column(name = "name_en")
    private String nameEn;
    private int position;
    private boolean active = true;
    @Version
    private int version;

    protected CodedName() { }

    CodedName(String code, int position) {
        this.code = code;
        this.position = position;
    }

    void rename(String nameFr, String nameEn) {
        this.nameFr = nameFr;
        this.nameEn = nameEn;
    }

    void moveTo(int position) { this.position = position; }

    void offer(boolean active) { this.active = active; }

    public String code() { return code; }
    public String nameFr() { return nameFr; }
    public String nameEn() { return nameEn; }
    public String name(String language) { return "en".equals(language) ? nameEn : nameFr; }
    public int position() { return position; }
    public boolean active() { return active; }
    public int version() { return version; }
}
