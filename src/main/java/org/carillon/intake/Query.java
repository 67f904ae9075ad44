package org.carillon.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.carillon.booking.Appointment;
import org.carillon.booking.Appointments;
import org.carillon.customer.Customer;
import org.carillon.customer.Customers;
import org.carillon.repair.Lead;
import org.carillon.repair.Leads;
import org.carillon.repair.Orders;
import org.carillon.repair.WorkOrder;
import org.carillon.report.Extract;

/** What a list is asked for: whose messages, in which state, from when or where on. A parameter that is not known is refused: it would widen the list. */
@RequestScoped
public class Query {

    private static final int PAGE = 100;
    private static final int MOST = 500;

    @Inject
    private HttpServletRequest request;
    @Inject
    private Caller caller;
    @Inject
    private Customers customers;
    @Inject
    private Orders orders;
    @Inject
    private Leads leads;
    @Inject
    private Appointments appointments;

    /** @param states by which the list may be narrowed */
    Extract.Wanted wanted(Set<String> states) {
        for (String name : request.getParameterMap().keySet()) {
            if (!Set.of("customer", "order", "lead", "appointment", "state", "from", "limit").contains(name)) {
                throw new Unreadable(name, "query.unknown", name);
            }
        }
        String state = text("state");
        if (state != null && !states.contains(state)) {
            throw new Unreadable("state", "choice.unknown", state, String.join(", ", states.stream().sorted().toList()));
        }
        String from = text("from");
        boolean cursor = from != null && from.matches("[0-9]{1,18}");
        return new Extract.Wanted(customer(text("customer")), order(text("order")), lead(text("lead")), appointment(text("appointment")), state, cursor ? Long.parseLong(from) : 0,
            from == null || cursor ? null : moment(from), limit(text("limit")));
    }

    private Long customer(String ref) {
        return ref == null ? null : customers.find(caller.scope(), caller.source(), ref).map(Customer::id).orElseThrow(() -> new Absent("customer", ref));
    }

    private Long order(String ref) {
        return ref == null ? null : orders.find(caller.scope(), caller.source(), ref).map(WorkOrder::id).orElseThrow(() -> new Absent("order", ref));
    }

    private Long lead(String ref) {
        return ref == null ? null : leads.find(caller.scope(), caller.source(), ref).map(Lead::id).orElseThrow(() -> new Absent("lead", ref));
    }

    private Long appointment(String ref) {
        return ref == null ? null : appointments.find(caller.scope(), caller.source(), ref).map(Appointment::id).orElseThrow(() -> new Absent("appointment", ref));
    }

    /** A plus sign that was not encoded arrives as a space. */
    private static Instant moment(String from) {
        StatedTime time = StatedTime.parse("from", from.replace(' ', '+'));
        if (time.instant() == null) {
            throw new Unreadable("from", "time.offset");
        }
        return time.instant();
    }

    private static int limit(String text) {
        if (text == null) {
            return PAGE;
        }
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST) {
            throw new Unreadable("limit", "query.limit", MOST);
        }
        return Integer.parseInt(text);
    }

    private String text(String name) {
        String[] values = request.getParameterValues(name);
        if (values != null && values.length > 1) {
            throw new Unreadable(name, "query.twice", name);
        }
        return values == null || values[0].isEmpty() ? null : values[0];
    }
}
