/** The routes that messages take. Shows no customer: numbers are masked, texts are those of tests. */
package org.carillon.web.route;
