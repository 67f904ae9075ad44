package org.carillon.web.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.carillon.report.PreviewRecords;
import org.carillon.report.PreviewRecords.Choice;
import org.carillon.shop.Scope;
import org.carillon.web.Current;

/** Real records by the number of their order, of their lead after an L, of their appointment after an A; one outside the reader's scope is as good as none (SEC-13). */
@Named @ApplicationScoped
public class RecordConverter implements Converter<Choice> {

    @Inject private PreviewRecords records;
    @Inject private Current current;

    @Override
    public Choice getAsObject(FacesContext faces, UIComponent component, String value) {
        if (value == null || !value.matches("[LA]?[0-9]{1,18}")) {
            return null;
        }
        Scope scope = current.getScope();
        return (value.startsWith("L") ? records.findLead(scope, Long.parseLong(value.substring(1))) : value.startsWith("A") ? records.findAppointment(scope, Long.parseLong(value.substring(1)))
            : records.find(scope, Long.parseLong(value))).orElse(null);
    }

    @Override public String getAsString(FacesContext faces, UIComponent component, Choice value) {
        return value == null ? "" : value.leadId() != null ? "L" + value.leadId() : value.appointmentId() != null ? "A" + value.appointmentId() : Long.toString(value.orderId());
    }
}
