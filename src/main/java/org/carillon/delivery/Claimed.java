package org.carillon.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.template.Alphabet;

/**
 * A message leased to this node, with all that judging and sending it needs: nothing is read again on the way out but the guards of T6.
 *
 * @param doubted an outcome was unknown once: a receipt may still tell of it
 * @param parts   submits that it takes: one a segment, or one in all
 */
record Claimed(long messageId, int claimSeq, int priority, Instant nextAttemptAt, Instant createdAt, Instant expiresAt, int attempts, int resends, boolean doubted,
               Channel channel, Purpose purpose, long locationId, Long customerId, Long automationId, boolean hoursOnly,
               String recipient, String sender, String subjectLine, String text, String mailMessageId, int parts, boolean ucs2, SmsTerms terms) {

    static Claimed read(ResultSet r) throws SQLException {
        return new Claimed(r.getLong("message_id"), r.getInt("claim_seq"), r.getInt("priority"), instant(r, "next_attempt_at"), instant(r, "created_at"),
            instant(r, "expires_at"), r.getInt("attempts"), r.getInt("resends"), r.getBoolean("doubted"), Channel.valueOf(r.getString("channel")),
            Purpose.valueOf(r.getString("purpose")), r.getLong("location_id"), number(r, "customer_id"), number(r, "automation_id"),
            r.getBoolean("hours_only"), r.getString("recipient"), r.getString("sender"), r.getString("subject_line"), r.getString("text"),
            r.getString("mail_message_id"), r.getInt("parts"), r.getBoolean("ucs2"),
            new SmsTerms(Alphabet.valueOf(r.getString("alphabet")), LongMessages.valueOf(r.getString("long_messages")), null));
    }

    /** @param r columns of message */
    static Claimed of(Candidate c, ResultSet r) throws SQLException {
        return new Claimed(c.messageId(), c.claimSeq(), c.priority(), c.nextAttemptAt(), instant(r, "created_at"), instant(r, "expires_at"), c.attempts(), c.resends(), c.doubted(),
            Channel.valueOf(r.getString("channel")), Purpose.valueOf(r.getString("purpose")), r.getLong("location_id"), number(r, "customer_id"), number(r, "automation_id"),
            r.getBoolean("hours_only"), r.getString("recipient"), r.getString("sender"), r.getString("subject_line"), r.getString("text"),
            r.getString("mail_message_id"), r.getInt("parts"), r.getBoolean("ucs2"),
            new SmsTerms(Alphabet.valueOf(r.getString("alphabet")), LongMessages.valueOf(r.getString("long_messages")), null));
    }

    private static Instant instant(ResultSet r, String column) throws SQLException { return r.getTimestamp(column).toInstant(); }

    private static Long number(ResultSet r, String column) throws SQLException {
        long value = r.getLong(column);
        return r.wasNull() ? null : value;
    }
}
