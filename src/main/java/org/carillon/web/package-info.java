/**
 * Pages: one folder per page folder of the web application; {@code open} = pages without sign-in. Here in the root: the shell around every page,
 * who is asking, texts in both languages, and the gate. Thin beans: one desk per write, no entity manager, no business condition.
 */
package org.carillon.web;
