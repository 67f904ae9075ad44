package org.carillon.delivery;

/** Where gateways hand in what customers write; {@code conversation} keeps it. */
public interface Inbox {

    /**
     * Returns only after the commit of the text and of all that it asks for, so that the provider is answered only then (REL-24); throws where it
     * could not be stored. A text that comes twice is stored once.
     */
    void receive(InboundText text);
}
