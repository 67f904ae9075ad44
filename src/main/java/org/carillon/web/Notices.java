package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIInput;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import org.carillon.fact.Invalid;

/** What pages answer: a word of success, or a refusal beside the field that it is about. */
@ApplicationScoped
public class Notices {

    private final Texts texts;

    protected Notices() { this(null); }

    @Inject
    public Notices(Texts texts) { this.texts = texts; }

    /** In the growl of this answer. */
    public void done(String folder, String key, Object... values) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(FacesMessage.SEVERITY_INFO, texts.say(folder, key, values), null));
    }

    /** In the growl of the page that follows a redirect. */
    public void doneThen(String folder, String key, Object... values) {
        FacesContext.getCurrentInstance().getExternalContext().getFlash().setKeepMessages(true);
        done(folder, key, values);
    }

    /** Under the input of that name in the form, which keeps what was typed; in the growl when the form has none. */
    public void refuse(String form, Invalid invalid) {
        FacesContext faces = FacesContext.getCurrentInstance();
        String text = texts.say("invalid", invalid.key(), invalid.arguments().toArray());
        UIComponent input = invalid.field() == null ? null : faces.getViewRoot().findComponent(form + ":" + invalid.field());
        if (input instanceof UIInput field) {
            field.setValid(false);
        }
        faces.addMessage(input == null ? null : input.getClientId(faces), new FacesMessage(FacesMessage.SEVERITY_ERROR, text, text));
        faces.validationFailed();
    }
}
