package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIInput;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.carillon.fact.Invalid;

/** What pages answer: a word of success, or a refusal beside the field that it is about. */
@ApplicationScoped
public class Notices {

    /** Refusals of which every argument that is a field's code is one. */
    private static final Pattern OF_RULES = Pattern.compile("(audience|automation)\\.(?!aboutOther).*");

    private final Texts texts;
    private final Labels labels;

    protected Notices() { this(null, null); }

    @Inject
    public Notices(Texts texts, Labels labels) {
        this.texts = texts;
        this.labels = labels;
    }

    /** In the growl of this answer. */
    public void done(String folder, String key, Object... values) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(FacesMessage.SEVERITY_INFO, texts.say(folder, key, values), ""));
    }

    /** Not done, and why, in the growl of this answer. */
    public void warn(String folder, String key, Object... values) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(FacesMessage.SEVERITY_WARN, texts.say(folder, key, values), ""));
    }

    /** In the growl of the page that follows a redirect. */
    public void doneThen(String folder, String key, Object... values) {
        FacesContext.getCurrentInstance().getExternalContext().getFlash().setKeepMessages(true);
        done(folder, key, values);
    }

    /** What was done all the same but should be known, in the growl of the page that follows a redirect. */
    public void warnThen(Invalid warning) {
        FacesContext faces = FacesContext.getCurrentInstance();
        faces.getExternalContext().getFlash().setKeepMessages(true);
        faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_WARN, texts.say("invalid", warning.key(), warning.arguments().toArray()), null));
    }

    /** Does what a form asks for. False where it was refused, which is said under its input ({@link #refuse}). */
    public boolean attempt(String form, Runnable deed) {
        try {
            deed.run();
            return true;
        } catch (Invalid refusal) {
            refuse(form, refusal);
            return false;
        }
    }

    /** A refusal in words: what a shop system may keep with a warning, a form refuses, and they differ. */
    public String say(Invalid invalid) {
        String key = texts.has("invalid", invalid.key() + ".refused") ? invalid.key() + ".refused" : invalid.key();
        return texts.say("invalid", key, !OF_RULES.matcher(key).matches() ? invalid.arguments().toArray()
            : invalid.arguments().stream().map(a -> labels.label(a).<Object>map(label -> label).orElse(a)).toArray());
    }

    /** Under the input of that name in the form, which keeps what was typed; in the growl when the form has none. */
    public void refuse(String form, Invalid invalid) { refuse(form, invalid.field(), invalid); }

    /** Where the form calls the field otherwise than the desk does; an input in a row of a list is {@code list:row:input}. */
    public void refuse(String form, String name, Invalid invalid) {
        FacesContext faces = FacesContext.getCurrentInstance();
        String text = say(invalid);
        UIComponent input = name == null ? null : faces.getViewRoot().findComponent(form + ":" + name.replaceAll(":\\d+:", ":"));
        boolean row = name != null && name.contains(":");
        if (input instanceof UIInput field && !row) {
            if (field.getSubmittedValue() == null && field.getValue() instanceof String typed) {
                field.setSubmittedValue(typed);  // an invalid field shows what was submitted, which the model has taken over by now
            }
            field.setValid(false);
        }
        faces.addMessage(input == null ? null : row ? form + ":" + name : input.getClientId(faces), new FacesMessage(FacesMessage.SEVERITY_ERROR, text, text));
        faces.validationFailed();
    }
}
