/** One's own account: password, language, appearance. */
package org.carillon.web.profile;
