/** What customers and strangers wrote, and who looked after it. */
package org.carillon.web.received;
