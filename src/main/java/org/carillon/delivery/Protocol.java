package org.carillon.delivery;

/** A language in which a provider answers. */
public enum Protocol { SMPP, SMTP, HTTP }
