package org.carillon.fact;

import java.util.List;

/** Announced inside the transaction that stored the events; the planner observes it there, so that a change never commits without its plans. */
public record EventsRecorded(List<RecordedEvent> events) { }
