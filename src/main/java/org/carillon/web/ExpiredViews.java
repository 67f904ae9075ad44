package org.carillon.web;

import jakarta.faces.FacesException;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;

/**
 * A form whose page the server no longer remembers (open for too long, or too many at once) is not an error of anybody: nothing was done, and the
 * page is loaded anew with a word of why.
 */
public class ExpiredViews extends ExceptionHandlerFactory {

    public ExpiredViews(ExceptionHandlerFactory wrapped) { super(wrapped); }

    @Override public ExceptionHandler getExceptionHandler() { return new Handler(getWrapped().getExceptionHandler()); }

    private static final class Handler extends ExceptionHandlerWrapper {

        private Handler(ExceptionHandler wrapped) { super(wrapped); }

        @Override public void handle() {
            for (Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator(); events.hasNext();) {
                if (root(events.next().getContext().getException()) instanceof ViewExpiredException expired) {
                    events.remove();
                    reload(FacesContext.getCurrentInstance(), expired.getViewId());
                }
            }
            getWrapped().handle();
        }

        private Throwable root(Throwable thrown) { return thrown instanceof FacesException && thrown.getCause() != null ? root(thrown.getCause()) : thrown; }

        private static void reload(FacesContext faces, String viewId) {
            ExternalContext outside = faces.getExternalContext();
            HttpServletRequest request = (HttpServletRequest) outside.getRequest();
            if (faces.getViewRoot() == null) {
                faces.setViewRoot(faces.getApplication().getViewHandler().createView(faces, viewId));  // what answers an Ajax request asks for one
            }
            Locale locale = Language.of(request, SignedIn.person(request).map(person -> person.language()).orElse(null));
            outside.getFlash().setKeepMessages(true);
            faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_WARN, Texts.say(locale, "shell", "expired"), null));
            try {
                outside.redirect(request.getContextPath() + Paths.shown(request));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            faces.responseComplete();
        }
    }
}
