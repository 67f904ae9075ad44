/** Appointments: calendar, list, feed, and the side panel that books and changes them. */
package org.carillon.web.appointment;
