/** What left, what will leave and why the rest did not; one message with its whole story. */
package org.carillon.web.message;
