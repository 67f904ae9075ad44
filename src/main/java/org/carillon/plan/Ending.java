package org.carillon.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.Reason;
import org.carillon.fact.RecordedEvent;

/** A plan that an event makes untrue; {@code actor} is who made the event happen. */
record Ending(Outlook.Entry plan, String state, Reason reason, String actor) {

    /** What ends, each plan once and for the first reason that there is. */
    static List<Ending> of(Outlook outlook, List<RecordedEvent> recorded) {
        List<Ending> endings = new ArrayList<>();
        Set<Long> ended = new HashSet<>();
        for (RecordedEvent told : recorded) {
            for (Outlook.Entry plan : outlook.entries()) {
                if (plan.id() != 0 && plan.subject().equals(told.event().subject()) && (plan.live() || plan.pending())) {
                    Ending ending = by(told.event(), plan);
                    if (ending != null && ended.add(plan.id())) {
                        endings.add(ending);
                    }
                }
            }
        }
        outlook.entries().stream().filter(plan -> plan.id() != 0 && plan.wrong() && plan.pending() && ended.add(plan.id()))
            .forEach(plan -> endings.add(new Ending(plan, "CANCELLED", Reason.valueOf(plan.why()), recorded.get(0).event().actor())));
        return endings;
    }

    /** the order or lead has left the status; B-28: the lead has become an order; A-38: the date moved again before the message about the former one left. */
    private static Ending by(BusinessEvent event, Outlook.Entry plan) {
        return switch (event.type()) {
            case ORDER_STATUS_CHANGED, LEAD_STATUS_CHANGED -> plan.requiredStatus() != null && !plan.requiredStatus().equals(Objects.toString(event.status(), ""))
                ? new Ending(plan, "CANCELLED", Reason.STATUS_MOVED_ON, event.actor()) : null;
            case ORDER_SCHEDULED_TIME_CHANGED -> plan.supersedes() ? new Ending(plan, "SKIPPED", Reason.SUPERSEDED, event.actor()) : null;
            // who has become a customer is told of the order now; what was to be said all the same still is
            case LEAD_CONVERTED -> plan.sendAnyway() ? null : new Ending(plan, "CANCELLED", Reason.LEAD_CONVERTED, event.actor());
            case ORDER_REASSIGNED -> !plan.reminder() && (plan.planPlace() != event.locationId() || event.customerId() != null && plan.planCustomer() != event.customerId())
                ? new Ending(plan, "CANCELLED", Reason.REASSIGNED, event.actor()) : null;
            default -> null;
        };
    }
}
