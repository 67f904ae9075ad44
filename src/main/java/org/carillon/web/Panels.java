package org.carillon.web;

import jakarta.faces.component.EditableValueHolder;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.visit.VisitContext;
import jakarta.faces.component.visit.VisitResult;
import jakarta.faces.context.FacesContext;

/** Side panels, which show one record after the other in the same form. */
public final class Panels {

    private Panels() { }

    /**
     * Makes all inputs of a form show their record. What was typed for the one before and refused, or stood in a part that then went out of sight,
     * would otherwise be shown instead, and saved.
     */
    public static void clear(String form) {
        FacesContext faces = FacesContext.getCurrentInstance();
        UIComponent found = faces.getViewRoot().findComponent(form);
        if (found != null) {
            found.visitTree(VisitContext.createVisitContext(faces), (context, component) -> {
                if (component instanceof EditableValueHolder input) {
                    input.resetValue();
                }
                return VisitResult.ACCEPT;
            });
        }
    }
}
