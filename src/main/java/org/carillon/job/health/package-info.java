/** What a node says of itself: checks for {@code /health} and figures for {@code /metrics}. Reads only; never names a person or a text. */
package org.carillon.job.health;
