package org.carillon.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** One-time tasks without a body in db-scheduler, polled by lock-and-fetch with the limits its manual has for high throughput. */
final class DbSchedulerQueue implements Workload {

    private static final int THREADS = Integer.getInteger("carillon.bench.threads", 20);

    private final DataSource pool;
    private final Jdbi jdbi;
    private final int size;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong began = new AtomicLong();
    private final OneTimeTask<Void> task = Tasks.oneTime("bench").execute((instance, context) -> {
        if (done.getAndIncrement() == 0) {
            began.set(System.nanoTime());
        }
    });
    private int rounds;

    DbSchedulerQueue(DurableDatabase database, int size) {
        pool = database.pool("carillon", THREADS + 4);
        jdbi = Jdbi.create(pool);
        this.size = size;
        jdbi.useHandle(h -> h.createScript("""
            create table scheduled_tasks (task_name text not null, task_instance text not null, task_data bytea, execution_time timestamptz not null, picked boolean not null,
              picked_by text, last_success timestamptz, last_failure timestamptz, consecutive_failures int, last_heartbeat timestamptz, version bigint not null, priority smallint,
              primary key (task_name, task_instance));
            create index execution_time_idx on scheduled_tasks (execution_time);
            create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
            create index priority_execution_time_idx on scheduled_tasks (priority desc, execution_time asc);""").execute());
    }

    @Override public String name() { return "db-scheduler"; }

    private Scheduler scheduler() {
        return Scheduler.create(pool, task).threads(THREADS).pollUsingLockAndFetch(1.0, 4.0).pollingInterval(Duration.ofMillis(100)).shutdownMaxWait(Duration.ofSeconds(5)).build();
    }

    @Override public void prepare() {
        List<TaskInstance<?>> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(task.instance(rounds + "-" + i));
        }
        rounds++;
        scheduler().scheduleBatch(all, Instant.now().minusSeconds(1));
        done.set(0);
    }

    /** From the first task's beginning to the last one's deletion. */
    @Override public double run() throws InterruptedException {
        Scheduler scheduler = scheduler();
        scheduler.start();
        try {
            while (done.get() < size || jdbi.withHandle(h -> h.createQuery("select count(*) from scheduled_tasks").mapTo(Integer.class).one()) > 0) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            return Workload.rate(size, System.nanoTime() - began.get());
        } finally {
            scheduler.stop();
        }
    }
}
