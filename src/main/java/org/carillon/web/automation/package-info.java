/** Automations with an audience: the list, the library of ready ones, and what each look came to. */
package org.carillon.web.automation;
