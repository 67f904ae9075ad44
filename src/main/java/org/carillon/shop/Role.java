package org.carillon.shop;

/**
 * What a person may do. Administrators everything; managers are advisors who also edit the settings of their locations; advisors work with
 * their locations' orders, customers and messages; operators see tokens and health, never a customer's text.
 */
public enum Role {
    ADMINISTRATOR, MANAGER, ADVISOR, OPERATOR;

    /** Administrators work everywhere, operators nowhere in particular: neither is tied to a location. */
    public boolean tiedToLocations() { return this == MANAGER || this == ADVISOR; }

    public boolean seesCustomers() { return this != OPERATOR; }

    /** Every token reads, and whoever holds one reads customers and texts: operators list and revoke them only. */
    public boolean issuesTokens() { return this == ADMINISTRATOR; }

    /** Whether what an outage left behind still goes out (REL-49). */
    public boolean decidesOnBacklog() { return this == ADMINISTRATOR || this == OPERATOR; }

    public boolean seesBacklog() { return this != ADVISOR; }

    /** Sees how messages leave, and may try it. */
    public boolean looksAfterRoutes() { return this == ADMINISTRATOR || this == OPERATOR; }

    public boolean editsLocations() { return this == ADMINISTRATOR || this == MANAGER; }
}
