package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.carillon.fact.ApplicationClock;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Jdbi;

/** A batch of receipts in one transaction: kept, matched, applied. */
@ApplicationScoped
public class ReceiptStore {

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Deadlines deadlines;

    protected ReceiptStore() { this(null, null, (Deadlines) null); }

    @Inject
    public ReceiptStore(Jdbi jdbi, ApplicationClock clock, Config config) { this(jdbi, clock, Deadlines.from(config)); }

    public ReceiptStore(Jdbi jdbi, ApplicationClock clock, Deadlines deadlines) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.deadlines = deadlines;
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void store(List<Receipt> receipts) {
        Instant now = clock.now();
        jdbi.useTransaction(h -> Receipts.store(h, receipts, now, deadlines));
    }
}
