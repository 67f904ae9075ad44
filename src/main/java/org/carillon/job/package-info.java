/** What runs by itself: one class per timer, start-up, LISTEN, health. Decides nothing. */
package org.carillon.job;
