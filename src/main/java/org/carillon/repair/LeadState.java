package org.carillon.repair;

import org.carillon.fact.Given;

/**
 * What a form or a shop system says of a lead; what is left out stays as it is.
 *
 * @param object what they ask about ("iPhone 14")
 * @param note   what they want, for the staff; never sent
 * @param silent records the change without messages (reason SILENT)
 */
public record LeadState(Given<Long> location, Given<Long> customer, Given<String> status, Given<String> object, Given<String> note, boolean silent) {

    /** Says nothing yet. */
    public static LeadState nothing() { return new LeadState(Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), false); }

    public LeadState withStatus(String code) { return new LeadState(location, customer, Given.of(code), object, note, silent); }

    public LeadState withCustomer(long id) { return new LeadState(location, Given.of(id), status, object, note, silent); }
}
