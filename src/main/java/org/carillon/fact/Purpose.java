package org.carillon.fact;

/** What a text is for; it decides consent, hours, caps and what happens to an unknown outcome (LAW-01, reliability.md 1.1). */
public enum Purpose {
    TRANSACTIONAL(4), REMINDER(4), MARKETING(3);

    private final int maxSegments;

    Purpose(int maxSegments) { this.maxSegments = maxSegments; }

    /** Longest SMS of this purpose, in segments, where the company chose nothing else (MSG-07). */
    public int maxSegments() { return maxSegments; }

    /** Order in which the dispatcher serves purposes, lowest first (REL-21). */
    public int priority() { return ordinal(); }
}
