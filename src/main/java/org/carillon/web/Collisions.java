package org.carillon.web;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.ExceptionQueuedEventContext;
import jakarta.faces.event.PhaseId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Iterator;
import java.util.Locale;
import org.carillon.fact.PassingFailure;

/**
 * Two people, or a person and a shop system, stored the same thing in the same instant. The desks compare versions before they write; what is left is
 * the instant in between, where the database refuses the later one. Nothing was stored, the page stays with what was typed and says so.
 */
public class Collisions extends ExceptionHandlerFactory {

    public Collisions(ExceptionHandlerFactory wrapped) { super(wrapped); }

    @Override public ExceptionHandler getExceptionHandler() { return new Handler(getWrapped().getExceptionHandler()); }

    private static final class Handler extends ExceptionHandlerWrapper {

        private Handler(ExceptionHandler wrapped) { super(wrapped); }

        @Override public void handle() {
            FacesContext faces = FacesContext.getCurrentInstance();
            for (Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator(); events.hasNext();) {
                ExceptionQueuedEventContext failure = events.next().getContext();
                if (failure.getPhaseId() == PhaseId.INVOKE_APPLICATION && faces.isPostback() && PassingFailure.isCollision(failure.getException())) {
                    events.remove();
                    tell(faces);
                }
            }
            getWrapped().handle();
        }

        private static void tell(FacesContext faces) {
            HttpServletRequest request = (HttpServletRequest) faces.getExternalContext().getRequest();
            Locale locale = Language.of(request, SignedIn.person(request).map(person -> person.language()).orElse(null));
            faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, Texts.say(locale, "invalid", "collision"), ""));
            faces.validationFailed();
            faces.renderResponse();
        }
    }
}
