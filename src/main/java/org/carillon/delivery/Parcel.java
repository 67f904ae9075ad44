package org.carillon.delivery;

import java.time.Duration;
import java.time.Instant;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;

/** A claimed message's part in the form that gateways take. */
final class Parcel {

    private Parcel() { }

    static Outgoing of(Claimed message, Departures.Piece piece, Instant now, long writeBefore) {
        Outgoing.Content content = message.channel() == Channel.SMS
            ? new Outgoing.Sms(message.ucs2(), piece.text(), piece.concatRef(), piece.partNo(), message.parts(), message.terms())
            : new Outgoing.Mail(message.mailMessageId(), message.subjectLine(), piece.text(), "",
                message.purpose() == Purpose.MARKETING && message.customerId() != null);
        return new Outgoing(piece.wireRef(), message.messageId(), piece.partNo(), message.recipient(), message.sender(), content,
            Duration.between(now, message.expiresAt()), writeBefore);
    }
}
