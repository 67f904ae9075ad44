/** Work orders, leads and their statuses. An aggregate changes and returns what happened; it never plans a message. */
package org.carillon.repair;
