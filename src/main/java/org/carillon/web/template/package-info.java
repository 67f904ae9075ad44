/** The texts: list, editor, and what a text becomes for a real customer. */
package org.carillon.web.template;
