package org.carillon.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.carillon.customer.Suppressions;
import org.carillon.delivery.Receipt;
import org.carillon.delivery.http.Hook;
import org.carillon.fact.Channel;
import org.carillon.fact.Reason;

/** Whoever stopped at the provider has stopped with us: a pool of senders tells so in a callback only. */
@ApplicationScoped
public class ProviderStops {

    private final Suppressions suppressions;

    protected ProviderStops() { this(null); }

    @Inject
    public ProviderStops(Suppressions suppressions) { this.suppressions = suppressions; }

    /** Once for each message that was refused so: a callback that is sent again stops nobody who has started again (SEC-18). */
    @Transactional
    public void heed(Receipt receipt) {
        if (receipt.code().equals(Hook.OPTED_OUT) && receipt.recipient().matches("\\+[0-9]{5,15}")) {
            String evidence = "provider's " + receipt.code() + " of " + receipt.providerId();
            if (!suppressions.isKnown(Channel.SMS, receipt.recipient(), evidence)) {
                suppressions.stop(Channel.SMS, receipt.recipient(), Suppressions.Scope.ALL, Reason.OPTED_OUT, evidence, "route:" + receipt.route());
            }
        }
    }
}
