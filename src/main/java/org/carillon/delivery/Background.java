package org.carillon.delivery;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;

/**
 * Runs what gateways hand over in the application's context, whoever hands it over: the threads of a provider's library have none, and the server warns
 * of every transaction that begins without one.
 */
@ApplicationScoped
public class Background implements Executor {

    @Resource private ManagedExecutorService executor;
    @Resource private ContextService contexts;
    private Executor here;

    /** First asked for by whoever starts the routes. */
    @PostConstruct void remember() { here = contexts.currentContextExecutor(); }

    @Override public void execute(Runnable work) { executor.execute(() -> here.execute(work)); }
}
