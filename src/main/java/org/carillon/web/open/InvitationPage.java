package org.carillon.web.open;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Optional;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.shop.SignIn.Outcome;
import org.carillon.shop.Staff;
import org.carillon.shop.StaffDesk;
import org.carillon.shop.StaffRegister;
import org.carillon.web.Entrance;
import org.carillon.web.Notices;

/** Accepting an invitation: one's own password, and in. Looking at the page uses nothing up. */
@Named("openInvitation") @RequestScoped
public class InvitationPage {

    @Inject private StaffRegister register;
    @Inject private StaffDesk desk;
    @Inject private Entrance entrance;
    @Inject private Notices notices;
    @Inject private ApplicationClock clock;
    private String secret;
    private String password;

    public void accept() throws IOException {
        try {
            Outcome.Welcome welcome = desk.accept(secret == null ? "" : secret, password, clock.now());
            entrance.begin(welcome.person(), welcome.since());
            FacesContext.getCurrentInstance().getExternalContext().redirect(entrance.after(null, welcome.person()));
        } catch (Invalid refusal) {
            notices.refuse("invitation", refusal);
        }
    }

    /** Whom the link is for, when it is still good. */
    public Staff getStaff() { return Optional.ofNullable(secret).flatMap(given -> register.invitedBy(given, clock.now())).orElse(null); }

    public String getSecret() { return secret; }
    public void setSecret(String secret) { this.secret = secret; }
    public String getPassword() { return password; }
    public void setPassword(String password) { this.password = password; }
}
