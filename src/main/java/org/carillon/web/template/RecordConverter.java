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

/** Real records by the number of their order, of their lead after an L, of their appointment after an A, of their sale after an S, of the customer alone after a C; one outside the reader's scope is as good as none (SEC-13). */
@Named @ApplicationScoped
public class RecordConverter implements Converter<Choice> {

    @Inject private PreviewRecords records;
    @Inject private Current current;

    @Override
    public Choice getAsObject(FacesContext faces, UIComponent component, String value) {
        if (value == null || !value.matches("[LASC]?[0-9]{1,18}")) {
            return null;
        }
        Scope scope = current.getScope();
        long number = Long.parseLong(value.replaceFirst("[LASC]", ""));
        return (switch (value.charAt(0)) { case 'L' -> records.findLead(scope, number); case 'A' -> records.findAppointment(scope, number); case 'S' -> records.findSale(scope, number);
            case 'C' -> records.findCustomer(scope, number);
            default -> records.find(scope, number); }).orElse(null);
    }

    @Override public String getAsString(FacesContext faces, UIComponent component, Choice value) {
        return value == null ? "" : value.leadId() != null ? "L" + value.leadId() : value.appointmentId() != null ? "A" + value.appointmentId() : value.saleId() != null ? "S" + value.saleId()
            : value.orderId() != null ? Long.toString(value.orderId()) : "C" + value.customerId();
    }
}
