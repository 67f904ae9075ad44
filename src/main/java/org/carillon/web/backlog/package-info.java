/** What an outage left behind: see it, let it go, give it up. */
package org.carillon.web.backlog;
