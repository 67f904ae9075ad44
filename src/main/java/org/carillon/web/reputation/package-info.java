/** How offers are received, and offers on hold. */
package org.carillon.web.reputation;
