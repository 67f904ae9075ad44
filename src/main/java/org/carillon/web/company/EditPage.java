package org.carillon.web.company;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.carillon.fact.Invalid;
import org.carillon.shop.Company;
import org.carillon.shop.CompanyDesk;
import org.carillon.web.Notices;

/** The company. */
@Named("companyEdit") @ViewScoped
public class EditPage implements Serializable {

    @Inject private transient CompanyDesk desk;
    @Inject private transient Notices notices;
    private String name;
    private String address;
    private String language;
    private String stopScope;
    private int version;

    @PostConstruct
    void load() {
        Company company = desk.company();
        name = company.name();
        address = company.postalAddress();
        language = company.language();
        stopScope = company.stopScope();
        version = company.version();
    }

    /** Back to the same page, so that a reload saves nothing twice. */
    public String save() {
        try {
            desk.describe(new Company(name, address, language, stopScope, version));
            notices.doneThen("company", "edit.saved");
            return "/company/edit?faces-redirect=true";
        } catch (Invalid refusal) {
            notices.refuse("form", refusal);
            return null;
        }
    }

    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
    public String getAddress() { return address; }
    public void setAddress(String address) { this.address = address; }
    public String getStopScope() { return stopScope; }
    public void setStopScope(String stopScope) { this.stopScope = stopScope; }
    public String getLanguage() { return language; }
    public void setLanguage(String language) { this.language = language; }
}
