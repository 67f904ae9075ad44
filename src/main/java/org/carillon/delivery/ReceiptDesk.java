package org.carillon.delivery;

import java.util.List;
import org.carillon.fact.PassingFailure;

/** Where gateways hand in receipts; returns only after commit, so that the provider is answered only then (REL-23). */
public interface ReceiptDesk {

    /** Stores the receipt and applies it; a receipt of an unknown message is kept and matched later. Throws where it could not be stored. */
    void record(Receipt receipt);

    /**
     * Stores several together, which costs one commit. Throws where not all could be stored; some may be, and may be handed in again: a receipt
     * that comes twice does no harm.
     */
    default void record(List<Receipt> receipts) { receipts.forEach(this::record); }

    /** Whether nothing could be stored just now, so that trying the receipts one by one would only take longer (REL-11). */
    static boolean isAway(RuntimeException failure) { return PassingFailure.isAway(failure); }
}
