/** The kinds of work orders, and which fields their form shows. */
package org.carillon.web.type;
