/** How long what is kept. */
package org.carillon.web.privacy;
