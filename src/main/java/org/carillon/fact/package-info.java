/**
 * What is true and what happened: the vocabulary that every other package shares (subjects, events, reasons, channels), the one clock, and
 * the event log. Knows no package of ours; never decides whether or what to send.
 */
package org.carillon.fact;
