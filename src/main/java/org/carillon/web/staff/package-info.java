/** Who works here: invite, change, disable. */
package org.carillon.web.staff;
