package org.carillon.template;

/**
 * When a text that is no offer says who writes and how to stop: FIRST in the first message to an address (LAW-23), ALWAYS in each, as texts under
 * section 6(6) of Canada's law must (LAW-05). Offers always do.
 */
public enum Signature { NEVER, FIRST, ALWAYS }
