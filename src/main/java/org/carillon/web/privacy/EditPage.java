package org.carillon.web.privacy;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.carillon.customer.RetentionDesk;
import org.carillon.customer.RetentionRule;
import org.carillon.fact.Invalid;
import org.carillon.web.Current;
import org.carillon.web.Notices;

/** How long what is kept, and what the next night would let go (LAW-19). */
@Named("privacyEdit") @ViewScoped
public class EditPage implements Serializable {

    @Inject private RetentionDesk desk;
    @Inject private Current current;
    @Inject private Notices notices;
    private int texts;
    private int contacts;
    private int proofs;
    private int stops;
    private transient List<RetentionDesk.Line> lines;

    @PostConstruct
    void load() {
        RetentionRule rule = desk.rule();
        texts = rule.texts();
        contacts = rule.contacts();
        proofs = rule.proofs();
        stops = rule.stops();
    }

    public String save() {
        try {
            desk.change(current.person().orElseThrow(), new RetentionRule(texts, contacts, proofs, stops));
            notices.doneThen("privacy", "edit.saved");
            return "/privacy/edit?faces-redirect=true";
        } catch (Invalid refusal) {
            notices.refuse("form", refusal);
            return null;
        }
    }

    public List<RetentionDesk.Line> getLines() {
        if (lines == null) {
            lines = desk.dryRun();
        }
        return lines;
    }

    public int getTexts() { return texts; }
    public void setTexts(int texts) { this.texts = texts; }
    public int getContacts() { return contacts; }
    public void setContacts(int contacts) { this.contacts = contacts; }
    public int getProofs() { return proofs; }
    public void setProofs(int proofs) { this.proofs = proofs; }
    public int getStops() { return stops; }
    public void setStops(int stops) { this.stops = stops; }
}
