/** Messages on their way out: claim, send, record, retry, expire, recover. The state machine of reliability.md section 1. Never decides whether a message is due. */
package org.carillon.delivery;
