package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carillon.customer.Suppressions;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Reason;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Bounces and complaints, in the caller's transaction: written down once, the message UNDELIVERED (T15), and the address stopped: at once where it is
 * no good, at the third time in two weeks where it may have been the moment (MSG-13), for offers where somebody complained.
 */
@ApplicationScoped
public class Returns {

    static final Duration SOFT_WINDOW = Duration.ofDays(14);
    static final int SOFT_TIMES = 3;
    private static final String ACTOR = "mailbox";

    private record Sent(String recipient, String route, String providerId, Integer userRef) { }

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Suppressions suppressions;
    private final Deadlines deadlines;

    protected Returns() { this(null, null, null, (Deadlines) null); }

    @Inject
    public Returns(Jdbi jdbi, ApplicationClock clock, Suppressions suppressions, Config config) { this(jdbi, clock, suppressions, Deadlines.from(config)); }

    public Returns(Jdbi jdbi, ApplicationClock clock, Suppressions suppressions, Deadlines deadlines) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.suppressions = suppressions;
        this.deadlines = deadlines;
    }

    /** @return false where there is no such message, or it was told before */
    public boolean record(long messageId, Returned.Kind kind, String status) {
        Instant now = clock.now();
        return jdbi.withHandle(h -> {
            Optional<Sent> sent = sent(h, messageId);
            if (sent.isEmpty() || !insert(h, messageId, kind, status, now)) {
                return false;
            }
            if (kind != Returned.Kind.COMPLAINT && sent.get().route() != null) {
                Receipts.store(h, List.of(new Receipt(sent.get().route(), sent.get().providerId(), sent.get().userRef(), sent.get().recipient(), Receipt.State.UNDELIVERED, status, now)),
                    now, deadlines);
            }
            stop(h, messageId, sent.get().recipient(), kind, now);
            if (kind != Returned.Kind.SOFT) {
                OfferRecord.judge(h, messageId, now);
            }
            return true;
        });
    }

    /** What has no accepted attempt may have one whose outcome is unknown: that it came back proves that it left. */
    private static Optional<Sent> sent(Handle h, long messageId) {
        return h.createQuery("""
            select m.recipient, o.route, coalesce(o.provider_id, '') provider_id, o.user_ref from message m
              left join lateral (select * from attempt_outcome x where x.message_id = m.id and x.verdict in ('ACCEPTED', 'UNKNOWN') order by x.verdict, x.claim_seq desc limit 1) o on true
             where m.id = :id and m.channel = 'EMAIL' and m.recipient like '%@%'""").bind("id", messageId).map(ConstructorMapper.of(Sent.class)).findOne();
    }

    private static boolean insert(Handle h, long messageId, Returned.Kind kind, String status, Instant now) {
        return h.createUpdate("insert into mail_return (message_id, kind, status, at) values (:message, :kind, :status, :now) on conflict do nothing")
            .bind("message", messageId).bind("kind", kind).bind("status", status).bind("now", now).execute() > 0;
    }

    private void stop(Handle h, long messageId, String address, Returned.Kind kind, Instant now) {
        String evidence = "message " + messageId;
        if (kind == Returned.Kind.COMPLAINT) {
            suppressions.stop(Channel.EMAIL, address, Suppressions.Scope.MARKETING, Reason.COMPLAINED, evidence, ACTOR);
        } else if (kind == Returned.Kind.HARD || softly(h, address, now) >= SOFT_TIMES) {
            suppressions.stop(Channel.EMAIL, address, Suppressions.Scope.ALL, Reason.ADDRESS_BOUNCED, evidence, ACTOR);
        }
    }

    private static int softly(Handle h, String address, Instant now) {
        return h.createQuery("select count(*) from mail_return r join message m on m.id = r.message_id where m.recipient = :address and r.kind = 'SOFT' and r.at > :since")
            .bind("address", address).bind("since", now.minus(SOFT_WINDOW)).mapTo(Integer.class).one();
    }
}
