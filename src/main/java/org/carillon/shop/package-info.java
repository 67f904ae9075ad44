/** The company, its locations with their hours, its staff and their rights, API tokens, sign-in. Never knows customers or messages. */
package org.carillon.shop;
