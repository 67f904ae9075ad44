package org.carillon.bench;

import java.util.Locale;

/**
 * PERF-03: messages that are due, leased, given to a provider that takes everything and completed, beside db-scheduler and JobRunr.
 * {@code carillon.bench.messages} (20,000) a round of ours; the slower ones get fewer.
 */
public final class Dispatching {

    private Dispatching() { }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int messages = Integer.getInteger("carillon.bench.messages", 20_000);
        try (DurableDatabase database = DurableDatabase.open(); Pipeline pipeline = new Pipeline(database, 1)) {
            new Chain(20, 50, 20_000).fill(database.owner());
            OurQueue ours = new OurQueue(pipeline, "Carillon", messages);
            DbSchedulerQueue dbScheduler = new DbSchedulerQueue(database, messages / 2);
            JobRunrQueue jobRunr = new JobRunrQueue(database, messages / 10);
            Contest contest = new Contest(ours, dbScheduler, jobRunr).run();
            contest.row("PERF-03", ours, dbScheduler, ">= 3, stretch 6");
            contest.row("PERF-03", ours, jobRunr, ">= 15");
        }
    }
}
