/** What staff are told of: the open alerts, to be seen to. */
package org.carillon.web.alert;
