package org.carillon.customer;

import org.carillon.fact.Given;

/**
 * A vehicle as a form or a shop system states it; what is left out stays as it is, such as the plate that REST does not carry.
 *
 * @param id  only where a form edits a known one
 * @param ref the source's reference, null or empty where it has none
 */
public record VehicleState(Long id, String ref, Given<String> make, Given<String> model, Given<Integer> year, Given<String> vin, Given<String> plate) { }
