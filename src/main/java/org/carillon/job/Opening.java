package org.carillon.job;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import org.carillon.fact.ApplicationClock;
import org.carillon.shop.FirstAdministrator;

/** Once at start: an empty installation gets its first administrator. */
@Singleton @Startup @DependsOn("Schema")
public class Opening {

    @Inject private FirstAdministrator first;
    @Inject private ApplicationClock clock;

    @PostConstruct
    void open() { first.admit(clock.now()); }
}
