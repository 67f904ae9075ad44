package org.carillon.web.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.carillon.report.CustomerList;
import org.carillon.report.CustomerList.Pick;
import org.carillon.web.Current;
import org.carillon.web.Pages;

/** A customer as the choosing field sends it: only the number travels, and it is looked up within what the person may see. */
@Named("customerPick") @ApplicationScoped
public class CustomerPick implements Converter<Pick> {

    @Inject private CustomerList list;
    @Inject private Current current;

    @Override public Pick getAsObject(FacesContext context, UIComponent component, String value) {
        Long id = Pages.number(value);
        return id == null ? null : list.pick(current.getScope(), id).orElse(null);
    }

    @Override public String getAsString(FacesContext context, UIComponent component, Pick pick) { return pick == null ? "" : Long.toString(pick.id()); }
}
