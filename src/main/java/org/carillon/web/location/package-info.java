/** The shops: where, when open, in whose name they write. */
package org.carillon.web.location;
