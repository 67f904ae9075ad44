package org.carillon.delivery;

/**
 * What the turns of a line said of its route and its senders. They overlap: one that began before a warning knows nothing of it, so that only one that
 * began after it may lift it, whichever ends last. For the thread that drains.
 */
final class Caution {

    private boolean slow = true;
    private boolean careful;
    private long begun;
    private long warned;

    /** The number of a turn that begins. */
    long begin() { return ++begun; }

    /** What was known may have changed. */
    void doubt() { slow = true; }

    /**
     * @param turn    its number
     * @param free    nothing holds the route back, and no sender of it is being refused
     * @param suspect a sender was refused so often that few may be under way
     */
    void heed(long turn, boolean free, boolean suspect) {
        if (turn > warned) {
            slow = !free;
            careful = suspect;
        } else {
            slow |= !free;
            careful |= suspect;
        }
        if (!free || suspect) {
            warned = begun;
        }
    }

    /** Whether each turn is to look at the route and to count what its senders were answered. */
    boolean slow() { return slow; }

    boolean careful() { return careful; }
}
