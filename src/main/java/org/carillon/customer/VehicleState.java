package org.carillon.customer;

/** A vehicle as a form or a shop system states it; {@code id} only where the form edits a known one. */
public record VehicleState(Long id, String ref, String make, String model, Integer year, String vin, String plate) { }
