package org.carillon.run;

import java.net.URI;
import java.util.Map;
import javax.sql.DataSource;

/** An invented company with which one can begin at once. */
final class DemoCompany {

    private DemoCompany() { }

    /**
     * Loads it into a new, migrated database while the node runs.
     *
     * @param owner the database as the owner of the schema
     * @param url   where the node answers
     * @return what a person or a test needs to get in, for {@code run.properties}: apiToken, admin.user, admin.password, ...
     */
    static Map<String, String> load(DataSource owner, URI url) { return Map.of(); }
}
