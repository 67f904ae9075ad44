package org.carillon.delivery;

import java.time.Instant;

/**
 * An e-mail to somebody who works here. It names the person, not an address, and no customer: it cannot reach one (P-23).
 *
 * @param sender    the e-mail From, empty: the route's
 * @param expiresAt nothing is submitted from this instant on
 */
public record StaffMail(long locationId, long staffId, String sender, String subjectLine, String text, Instant expiresAt) { }
