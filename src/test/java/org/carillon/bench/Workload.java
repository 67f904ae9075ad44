package org.carillon.bench;

/** What a {@link Contest} asks of each who takes part. */
interface Workload {

    String name();

    /** Before the round, untimed. */
    void prepare() throws Exception;

    /** The round. Answers its rate, a second. */
    double run() throws Exception;

    static double rate(int done, long nanos) { return done * 1e9 / nanos; }
}
