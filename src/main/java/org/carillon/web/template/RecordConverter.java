package org.carillon.web.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.carillon.report.PreviewRecords;
import org.carillon.report.PreviewRecords.Choice;
import org.carillon.web.Current;

/** Real records by the number of their order, or of their lead after an L; one outside the reader's scope is as good as none (SEC-13). */
@Named @ApplicationScoped
public class RecordConverter implements Converter<Choice> {

    @Inject private PreviewRecords records;
    @Inject private Current current;

    @Override
    public Choice getAsObject(FacesContext faces, UIComponent component, String value) {
        if (value == null || !value.matches("L?[0-9]{1,18}")) {
            return null;
        }
        return (value.startsWith("L") ? records.findLead(current.getScope(), Long.parseLong(value.substring(1))) : records.find(current.getScope(), Long.parseLong(value))).orElse(null);
    }

    @Override public String getAsString(FacesContext faces, UIComponent component, Choice value) { return value == null ? "" : value.leadId() != null ? "L" + value.leadId() : Long.toString(value.orderId()); }
}
