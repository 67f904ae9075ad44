/** REST resources for shop systems: tokens, JSON, problem details. Thin: one desk per call. */
package org.carillon.intake;
