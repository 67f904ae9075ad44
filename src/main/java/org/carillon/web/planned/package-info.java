/** What will be sent, when and why; and what will not. */
package org.carillon.web.planned;
