package org.carillon.delivery;

import java.time.Instant;
import org.carillon.customer.PhoneProblem;
import org.carillon.fact.Channel;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;

/** Addresses that a provider refused as such: an e-mail address is suppressed at once, a number is marked at the second time, and whoever stopped at the provider has stopped. */
public class BadAddresses {

    private final Outbox outbox;

    /** @param outbox on the same connection as the caller's */
    public BadAddresses(Outbox outbox) { this.outbox = outbox; }

    public void refused(Handle h, Claimed message, String route, Instant now) {
        int times = h.createQuery("insert into bad_address as b (channel, address, times, last_at) values (:channel, :address, 1, :now) "
            + "on conflict (channel, address) do update set times = b.times + 1, last_at = excluded.last_at returning times")
            .bind("channel", message.channel()).bind("address", message.recipient()).bind("now", now).mapTo(Integer.class).one();
        if (message.channel() == Channel.EMAIL) {
            suppress(h, message, Reason.ADDRESS_BOUNCED, route, now);
            OfferRecord.judge(h, message.messageId(), now);
        } else if (times >= 2) {
            h.execute("update customer_phone set sms_able = false, problem = ? where e164 = ?", PhoneProblem.NUMBER_UNUSABLE.name(), message.recipient());
        }
    }

    /** The person told the provider to stop (Twilio's 21610): nothing more, of any kind, as if they had told us. */
    public void optedOut(Handle h, Claimed message, String route, Instant now) { suppress(h, message, Reason.OPTED_OUT, route, now); }

    private void suppress(Handle h, Claimed message, Reason reason, String route, Instant now) {
        h.createUpdate("insert into suppression (channel, address, reason, evidence, at, actor) values (:channel, :address, :reason, :evidence, :now, :actor) "
            + "on conflict (channel, address) where released_at is null do update set scope = 'ALL', reason = excluded.reason, evidence = excluded.evidence, at = excluded.at, "
            + "actor = excluded.actor where suppression.scope = 'MARKETING'").bind("channel", message.channel()).bind("address", message.recipient()).bind("reason", reason)
            .bind("evidence", "message " + message.messageId()).bind("now", now).bind("actor", "route:" + route).execute();
        outbox.suppress(message.channel(), message.recipient(), reason, "route:" + route);
    }
}
