package org.carillon.audience;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** Gives each value of a statement a name, the same value the same one. */
final class Binder {

    private final Map<Object, String> names = new LinkedHashMap<>();
    private final Map<String, Object> included = new LinkedHashMap<>();
    private final String prefix;
    private int nested;

    /** @param prefix of the names, so that statements can be put together */
    Binder(String prefix) { this.prefix = prefix; }

    /** A prefix that nothing else of this statement has, for one that becomes part of it. */
    String nested() { return prefix + "n" + nested++ + "x"; }

    void include(Map<String, Object> values) { included.putAll(values); }

    String name(Object value) { return ":" + names.computeIfAbsent(value, v -> prefix + names.size()); }

    /** Numbers of ours need no parameter, and the planner sees how many they are. */
    static String ids(Collection<Long> ids) { return "array" + new TreeSet<>(ids) + "::bigint[]"; }

    /** The application's clock, for objects that lie ahead or behind. */
    String now(String sql, Instant now) { return sql.contains(":now") ? sql.replace(":now", name(now)) : sql; }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(included);
        names.forEach((value, name) -> values.put(name, value));
        return values;
    }
}
