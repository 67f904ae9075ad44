package org.carillon.automation;

/** Nothing leaves before ACTIVE; PAUSED holds what is pending back. */
public enum AutomationState { DRAFT, ACTIVE, PAUSED }
