package org.carillon.fact;

/** A business event with the number it was stored under. */
public record RecordedEvent(long id, BusinessEvent event) { }
