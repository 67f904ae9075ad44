package org.carillon.customer;

/** A number as given; {@code mobile} false says that it takes no SMS, null says nothing. */
public record PhoneState(String number, Boolean mobile) { }
