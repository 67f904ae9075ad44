/** From what happened to what will be sent: plans in the transaction of the change, releases when due if still true. The only creator of messages. */
package org.carillon.plan;
