package org.carillon.web.open;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import org.carillon.fact.ApplicationClock;
import org.carillon.shop.SignIn;
import org.carillon.shop.SignIn.Outcome;
import org.carillon.web.Entrance;
import org.carillon.web.Texts;

/** Sign-in. */
@Named("openSignin") @RequestScoped
public class SigninPage {

    @Inject private SignIn door;
    @Inject private Entrance entrance;
    @Inject private ApplicationClock clock;
    @Inject private Texts texts;
    private String email;
    private String password;
    private String to;
    private boolean ended;
    private String refusal;

    public void enter() throws IOException {
        Outcome outcome = door.attempt(email, password, entrance.address(), clock.now());
        if (outcome instanceof Outcome.Welcome welcome) {
            entrance.begin(welcome.person(), welcome.since());
            FacesContext.getCurrentInstance().getExternalContext().redirect(entrance.after(to, welcome.person()));
        } else if (outcome instanceof Outcome.Wait wait) {
            refusal = texts.say("open", "signin.wait", wait.left().toMinutes() + 1);
        } else {
            refusal = texts.say("open", "signin.refused");
        }
    }

    public String getRefusal() { return refusal; }
    public String getEmail() { return email; }
    public void setEmail(String email) { this.email = email; }
    public String getPassword() { return password; }
    public void setPassword(String password) { this.password = password; }
    /** Whether the session of somebody at work has ended. */
    public boolean isEnded() { return ended; }
    public void setEnded(boolean ended) { this.ended = ended; }
    public String getTo() { return to; }
    public void setTo(String to) { this.to = to; }
}
