package org.carillon.shop;

import java.time.ZoneId;

/** A location as lists and switchers show it. */
public record Place(long id, String code, String name, ZoneId zone) implements java.io.Serializable { }
