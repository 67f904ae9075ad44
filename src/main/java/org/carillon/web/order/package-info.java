/** Work orders: list, opening, and the order's page with its feed. */
package org.carillon.web.order;
