package org.carillon.web.profile;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.carillon.fact.Invalid;
import org.carillon.shop.Person;
import org.carillon.shop.Person.Appearance;
import org.carillon.shop.StaffDesk;
import org.carillon.web.Current;
import org.carillon.web.Entrance;
import org.carillon.web.Notices;

/** One's own account. */
@Named("profileEdit") @ViewScoped
public class EditPage implements Serializable {

    private static final String AGAIN = "/profile/edit?faces-redirect=true";

    @Inject private StaffDesk desk;
    @Inject private Current current;
    @Inject private Entrance entrance;
    @Inject private Notices notices;
    private String language;
    private Appearance appearance;
    private String old;
    private String password;

    @PostConstruct
    void load() {
        Person person = current.person().orElseThrow();
        language = person.language() == null ? "browser" : person.language();
        appearance = person.appearance();
    }

    public String savePreferences() {
        desk.speak(current.getId(), "browser".equals(language) ? null : language);
        if (appearance != null) {  // no browser leaves it out
            desk.look(current.getId(), appearance);
        }
        notices.doneThen("profile", "edit.saved");
        return AGAIN;
    }

    public String changePassword() {
        try {
            entrance.goOn(desk.changePassword(current.getId(), old, password));
            notices.doneThen("profile", "edit.changed");
            return AGAIN;
        } catch (Invalid refusal) {
            notices.refuse("secret", refusal);
            return null;
        }
    }

    public Person getPerson() { return current.person().orElseThrow(); }
    public String getLanguage() { return language; }
    public void setLanguage(String language) { this.language = language; }
    public Appearance getAppearance() { return appearance; }
    public void setAppearance(Appearance appearance) { this.appearance = appearance; }
    public String getOld() { return old; }
    public void setOld(String old) { this.old = old; }
    public String getPassword() { return password; }
    public void setPassword(String password) { this.password = password; }
}
