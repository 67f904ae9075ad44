package org.carillon.job;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which edition of the time zone data decides (REL-40).
 *
 * @param jdk        edition of the Java runtime, such as {@code 2025a}; it alone computes local times
 * @param postgresql newest edition that PostgreSQL is known to have at least, or {@code before 2026b}: it does not tell its own
 */
public record TimeZoneData(String jdk, String postgresql) {

    /** The edition whose rules this build was made for. */
    public static final String MINIMUM = "2026e";

    /** Zones that changed lately, and the edition that brought the change. */
    private static final Map<String, String> CHANGED = Map.of("America/Vancouver", "2026b", "America/Edmonton", "2026c", "America/Yellowknife", "2026d",
        "America/Inuvik", "2026d", "America/Winnipeg", "2026e");
    /** One zone per edition, with its new offset in winter, in hours. */
    private static final Map<String, Integer> PROBES = new LinkedHashMap<>();
    static {
        PROBES.put("America/Vancouver", -7);
        PROBES.put("America/Edmonton", -6);
        PROBES.put("America/Inuvik", -6);
        PROBES.put("America/Winnipeg", -5);
    }

    static TimeZoneData read(Connection connection) throws SQLException {
        String postgresql = "before 2026b";
        for (Map.Entry<String, Integer> probe : PROBES.entrySet()) {
            if (winterOffset(connection, probe.getKey()) == probe.getValue()) {
                postgresql = CHANGED.get(probe.getKey());
            }
        }
        return new TimeZoneData(ZoneRulesProvider.getVersions("America/Toronto").lastEntry().getKey(), postgresql);
    }

    /** Older than what this build was made for. */
    public boolean old() { return jdk.compareTo(MINIMUM) < 0; }

    /** Those of the given zones whose rules changed since the edition at hand: local times there are wrong. */
    public List<String> stale(Collection<String> zones) {
        List<String> stale = new ArrayList<>(zones);
        stale.removeIf(zone -> jdk.compareTo(CHANGED.getOrDefault(zone, "")) >= 0);
        return stale;
    }

    private static int winterOffset(Connection connection, String zone) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local time zone '" + zone + "'");
            try (ResultSet row = statement.executeQuery("select extract(timezone_hour from timestamptz '2026-12-15 17:00Z')::int")) {
                row.next();
                return row.getInt(1);
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
