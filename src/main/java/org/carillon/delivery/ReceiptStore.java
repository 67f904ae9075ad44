package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.carillon.fact.ApplicationClock;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Jdbi;

/** A batch of receipts in one transaction: kept, matched, applied. */
@ApplicationScoped
public class ReceiptStore {

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Deadlines deadlines;
    private final Function<String, ReceiptIds> ids;

    protected ReceiptStore() { this(null, null, null, null); }

    /** {@code carillon.<route>.receiptIds}: AS_GIVEN, DECIMAL_OF_HEX or HEX_OF_DECIMAL. */
    @Inject
    public ReceiptStore(Jdbi jdbi, ApplicationClock clock, Config config) {
        this(jdbi, clock, Deadlines.from(config),
            route -> config.getOptionalValue("carillon." + route + ".receiptIds", String.class).map(ReceiptIds::valueOf).orElse(ReceiptIds.AS_GIVEN));
    }

    public ReceiptStore(Jdbi jdbi, ApplicationClock clock, Deadlines deadlines, Function<String, ReceiptIds> ids) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.deadlines = deadlines;
        this.ids = ids;
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void store(List<Receipt> receipts) {
        Instant now = clock.now();
        List<Receipt> ours = receipts.stream().map(r -> new Receipt(r.route(), r.providerId() == null ? "" : ids.apply(r.route()).answered(r.providerId()),
            r.userRef(), r.recipient() == null ? "" : r.recipient(), r.state(), r.code(), r.at())).toList();
        jdbi.useTransaction(h -> Receipts.store(h, ours, now, deadlines));
    }
}
