/** SMPP 3.4 through jSMPP. Never touches the database or the state machine. */
package org.carillon.delivery.smpp;
