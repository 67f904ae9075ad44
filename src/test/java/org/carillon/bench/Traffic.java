package org.carillon.bench;

/** Submits without anything before or after them. @param size what counts as done when the work is */
record Traffic(String name, Smsc smsc, int size, Work work) implements Workload {

    interface Work {
        void run() throws Exception;
    }

    @Override public void prepare() { smsc.clear(); }

    @Override public double run() throws Exception {
        long began = System.nanoTime();
        work.run();
        return Workload.rate(size, System.nanoTime() - began);
    }
}
