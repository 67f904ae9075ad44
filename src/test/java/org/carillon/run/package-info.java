/** Starts the application from outside, for people ({@code mvn -Prun}) and for tests. Never part of the WAR; knows nothing of its inside. */
package org.carillon.run;
