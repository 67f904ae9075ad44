/** What the shop wants sent: trigger, audience, timing, channels, template. Knows no message. */
package org.carillon.automation;
