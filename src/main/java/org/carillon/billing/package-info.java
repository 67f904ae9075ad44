/** What was sold: vehicle sales, told by systems. Never takes money. */
package org.carillon.billing;
