package org.carillon.customer;

import org.carillon.fact.Channel;

/** What a person agrees to, each asked separately (LAW-22): to be written to by SMS, by e-mail, and to receive offers. */
public enum ConsentPurpose {
    SMS, EMAIL, MARKETING;

    public static ConsentPurpose of(Channel channel) { return channel == Channel.SMS ? SMS : EMAIL; }
}
