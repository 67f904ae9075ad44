/** Who is meant: rules over the field catalogue, their meaning in time, and the one SQL statement that they become. Knows no message and no automation. */
package org.carillon.audience;
