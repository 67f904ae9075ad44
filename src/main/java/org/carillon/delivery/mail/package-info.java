/** SMTP through Jakarta Mail. Never touches the database or the state machine. */
package org.carillon.delivery.mail;
