/** Tokens of shop systems. */
package org.carillon.web.token;
