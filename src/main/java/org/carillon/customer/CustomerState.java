package org.carillon.customer;

import java.util.List;
import java.util.Map;
import org.carillon.fact.Given;

/**
 * What a form or a shop system says of a customer; what is left out stays as it is.
 *
 * @param attributes text and numbers by code; a code left out stays, null clears
 */
public record CustomerState(Given<Long> location, Given<String> name, Given<String> firstName, Given<String> lastName, Given<String> language,
                            Given<List<PhoneState>> phones, Given<List<String>> emails, Given<List<VehicleState>> vehicles, Given<Map<String, Object>> attributes,
                            ConsentStatement consent) {

    /** Says nothing of attributes. */
    public CustomerState(Given<Long> location, Given<String> name, Given<String> firstName, Given<String> lastName, Given<String> language,
                         Given<List<PhoneState>> phones, Given<List<String>> emails, Given<List<VehicleState>> vehicles, ConsentStatement consent) {
        this(location, name, firstName, lastName, language, phones, emails, vehicles, Given.absent(), consent);
    }

    public CustomerState withAttributes(Given<Map<String, Object>> said) {
        return new CustomerState(location, name, firstName, lastName, language, phones, emails, vehicles, said, consent);
    }
}
