package org.carillon.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/** Fire-and-forget jobs without a body in JobRunr, as many workers as it takes by itself. */
public final class JobRunrQueue implements Workload {

    private static final AtomicInteger DONE = new AtomicInteger();
    private static final AtomicLong BEGAN = new AtomicLong();

    private final StorageProvider storage;
    private final Jdbi jdbi;
    private final JobScheduler scheduler;
    private final int size;

    JobRunrQueue(DurableDatabase database, int size) {
        var pool = database.pool("carillon", 24);
        jdbi = Jdbi.create(pool);
        storage = SqlStorageProviderFactory.using(pool);
        scheduler = JobRunr.configure().useStorageProvider(storage).initialize().getJobScheduler();
        this.size = size;
    }

    public static void job(int number) {
        if (DONE.getAndIncrement() == 0) {
            BEGAN.set(System.nanoTime());
        }
    }

    @Override public String name() { return "JobRunr"; }

    @Override public void prepare() {
        scheduler.<Integer>enqueue(IntStream.range(0, size).boxed(), number -> job(number));
        DONE.set(0);
    }

    /** From the first job's beginning to the last one's success. */
    @Override public double run() throws InterruptedException {
        JobRunr.configure().useStorageProvider(storage).useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration().andPollIntervalInSeconds(5)).initialize();
        try {
            while (DONE.get() < size || left() > 0) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            return Workload.rate(size, System.nanoTime() - BEGAN.get());
        } finally {
            JobRunr.getBackgroundJobServer().stop();
        }
    }

    private int left() { return jdbi.withHandle(h -> h.createQuery("select count(*) from jobrunr_jobs where state in ('ENQUEUED', 'PROCESSING')").mapTo(Integer.class).one()); }
}
