/** Pages: one folder per page folder of the web application. Thin beans: one desk per write, no entity manager, no business condition. */
package org.carillon.web;
