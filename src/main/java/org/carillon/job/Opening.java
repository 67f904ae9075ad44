package org.carillon.job;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.carillon.fact.ApplicationClock;
import org.carillon.plan.Replanning;
import org.carillon.shop.FirstAdministrator;

/** Once at start: an empty installation gets its first administrator, and what waits follows newer time zone data. */
@Singleton @Startup @DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class Opening {

    @Inject private Beginning beginning;
    @Inject private FirstAdministrator first;
    @Inject private ApplicationClock clock;
    @Inject private Replanning replanning;

    @PostConstruct
    void open() {
        beginning.insist("admitting the first administrator", () -> first.admit(clock.now()));
        beginning.insist("following the time zone data", replanning::followZoneData);
    }
}
