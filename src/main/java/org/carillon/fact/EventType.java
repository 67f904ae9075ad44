package org.carillon.fact;

/** What can happen. "Changed to X" is a trigger's condition, not a type. */
public enum EventType { ORDER_CREATED, ORDER_STATUS_CHANGED, ORDER_SCHEDULED_TIME_CHANGED, ORDER_CLOSED }
