/** Parts of pages that edit, tell and count an audience: the rule editor, its plain sentence, whom it reaches. Pages include {@code /WEB-INF/audience}. */
package org.carillon.web.audience;
