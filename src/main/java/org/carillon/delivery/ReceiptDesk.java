package org.carillon.delivery;

/** Where gateways hand in receipts; returns only after commit, so that the provider is answered only then (REL-23). */
public interface ReceiptDesk {

    /** Stores the receipt and applies it; a receipt of an unknown message is kept and matched later. Throws where it could not be stored. */
    void record(Receipt receipt);
}
