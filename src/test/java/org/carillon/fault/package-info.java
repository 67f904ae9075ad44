/**
 * The fault suite: nodes as real processes, each behind proxies that break its links, a real PostgreSQL that is killed, a provider in every mood, and
 * the invariants I1 to I9 of reliability.md section 8 judged against the simulator's log after every round. Never part of the application.
 */
package org.carillon.fault;
