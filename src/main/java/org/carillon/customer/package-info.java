/** People and how they may be reached: phones, e-mails, consent (append-only), suppression, vehicles. Never decides when or what to send. */
package org.carillon.customer;
