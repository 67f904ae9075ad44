package org.carillon.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** What the person who starts the application decided: {@code -Dcarillon...} first, then the environment; only then our own values count. */
final class Choices {

    private final Properties properties;
    private final Map<String, String> environment;

    Choices(Properties properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    static Choices ofThisProcess() { return new Choices(System.getProperties(), System.getenv()); }

    boolean made(String key) { return properties.getProperty(key) != null || environment.get(Node.environmentName(key)) != null; }

    boolean madeAny(String... keys) { return Set.of(keys).stream().anyMatch(this::made); }

    String get(String key, String otherwise) {
        return properties.getProperty(key, environment.getOrDefault(Node.environmentName(key), otherwise));
    }

    int port(String key, int otherwise) {
        try {
            return Integer.parseInt(get(key, Integer.toString(otherwise)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is not a port: " + get(key, ""), e);
        }
    }

    /** Our own values for what was left open, and all that was given by {@code -D}; the environment reaches a node by itself. */
    Map<String, String> over(Map<String, String> ours) {
        Map<String, String> all = new LinkedHashMap<>(ours);
        all.keySet().removeIf(this::made);
        properties.stringPropertyNames().stream().filter(key -> key.startsWith("carillon."))
            .forEach(key -> all.put(key, properties.getProperty(key)));
        return all;
    }
}
