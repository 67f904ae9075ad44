package org.carillon.billing;

import java.time.LocalDate;
import org.carillon.fact.Given;

/**
 * What a system says of a vehicle sale; what is left out stays as it is.
 *
 * @param deliveredOn the day at the location; null while it is open
 * @param silent      records it without messages (reason SILENT)
 */
public record SaleState(Given<Long> location, Given<Long> customer, Given<String> make, Given<String> model, Given<Integer> year, Given<Sale.Condition> condition,
                        Given<LocalDate> deliveredOn, Given<String> userReference, boolean silent) { }
