/** What staff are told of: orders that are late or forgotten, messages that failed. Raises and ends alerts and mails them; never writes to a customer. */
package org.carillon.alert;
