/** The first page: today in figures, what is due next, what needs a look. */
package org.carillon.web.home;
