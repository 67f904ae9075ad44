package org.carillon.customer;

import java.util.List;
import org.carillon.fact.Given;

/** What a form or a shop system says of a customer; what is left out stays as it is. */
public record CustomerState(Given<Long> location, Given<String> name, Given<String> firstName, Given<String> lastName, Given<String> language,
                            Given<List<PhoneState>> phones, Given<List<String>> emails, Given<List<VehicleState>> vehicles, ConsentStatement consent) { }
