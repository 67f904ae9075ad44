/** What customers of a location get by itself: list, side panel, switch. */
package org.carillon.web.notification;
