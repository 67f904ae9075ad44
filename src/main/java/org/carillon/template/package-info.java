/** Texts with placeholders, their translations, rendering, SMS encoding and segments. Never evaluates user text as an expression. */
package org.carillon.template;
