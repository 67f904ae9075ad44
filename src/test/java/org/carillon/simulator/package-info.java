/**
 * A provider, its customers' phones and their mailboxes, for people and for tests: real SMPP, SMTP and HTTP on loopback. Stands outside the WAR
 * and shares no code with it, so that a mistake in one shows in the other. Its own clock is the machine's.
 */
package org.carillon.simulator;
