/** Who asks and may become an order: list, feed, form. What it becomes is the order's own form. */
package org.carillon.web.lead;
