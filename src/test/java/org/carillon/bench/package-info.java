/** How much and how fast: bounded measurements against real parts, started by {@code mvn -Pbench verify}. Never asserts a time; prints what it saw. */
package org.carillon.bench;
