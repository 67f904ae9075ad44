/** Customers: list, card with consent and its history, form. */
package org.carillon.web.customer;
