package org.carillon.delivery;

import java.time.Instant;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;

/**
 * A message with its text frozen, ready to leave.
 *
 * @param planId           the planned notification it comes from, null where there is none
 * @param planRev          the automation's revision that it was planned under; T6 refuses an older one (REL-47)
 * @param automationId     null for what no automation asked for
 * @param locationId       null for the test of a route only
 * @param recipient        E.164 or an e-mail address
 * @param sender           SMS source address (empty: the route's default) or the e-mail From
 * @param subjectLine      of an e-mail, else empty
 * @param expiresAt        nothing is submitted from this instant on
 * @param openingHoursOnly leaves only while the location is open
 * @param terms            of the route it was written for; of SMS only
 */
public record NewMessage(Long planId, int planRev, int calendarRev, Long automationId, Long locationId, Long customerId, Subject subject, Long eventId,
                         Channel channel, Purpose purpose, String recipient, String sender, String subjectLine, String text, Instant expiresAt,
                         boolean openingHoursOnly, SmsTerms terms) {

    /** Under the usual terms: e-mails, and SMS of a route that says nothing else. */
    public NewMessage(Long planId, int planRev, int calendarRev, Long automationId, Long locationId, Long customerId, Subject subject, Long eventId,
                      Channel channel, Purpose purpose, String recipient, String sender, String subjectLine, String text, Instant expiresAt,
                      boolean openingHoursOnly) {
        this(planId, planRev, calendarRev, automationId, locationId, customerId, subject, eventId, channel, purpose, recipient, sender, subjectLine, text, expiresAt,
            openingHoursOnly, SmsTerms.USUAL);
    }
}
