/** What a shop keeps besides of customers and appointments: definitions, and the fields for them on other pages' forms. */
package org.carillon.web.attribute;
