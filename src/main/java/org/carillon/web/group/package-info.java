/** Pages of customer groups (B-18). */
package org.carillon.web.group;
