/** SMS over HTTP as Twilio's Messages API has it: submits, listings, and what the provider's callbacks mean. Never touches the database or the state machine. */
package org.carillon.delivery.http;
