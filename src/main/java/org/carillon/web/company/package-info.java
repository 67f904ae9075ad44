/** The company's name, address and language. */
package org.carillon.web.company;
