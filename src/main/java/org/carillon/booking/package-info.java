/** Appointments: booked, moved, confirmed, cancelled, missed. Never tells anybody: that is the plan's. */
package org.carillon.booking;
