package org.carillon.bench;

/** What a {@link Contest} asks of each who takes part. */
interface Workload extends AutoCloseable {

    String name();

    /** How much a round has. */
    int size();

    /** Before the round, untimed. */
    void prepare() throws Exception;

    /** The round. Answers its rate, a second. */
    double run() throws Exception;

    @Override default void close() throws Exception { }

    static double rate(int done, long nanos) { return done * 1e9 / nanos; }
}
