/** Pages without sign-in: the sign-in itself and accepting an invitation. */
package org.carillon.web.open;
