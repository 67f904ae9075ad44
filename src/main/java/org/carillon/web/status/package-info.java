/** The steps of the shop's work: names, order, meaning. */
package org.carillon.web.status;
