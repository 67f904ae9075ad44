package org.carillon.fault;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * What one round came to.
 *
 * @param drain from the end of load and faults until nothing was left to do
 */
record Round(int number, int kills, List<String> troubles, List<Invariants.Finding> findings, int messages, Duration faults, Duration drain) {

    boolean holds() { return findings.isEmpty(); }

    JsonObject json() {
        JsonArrayBuilder found = Json.createArrayBuilder();
        findings.forEach(finding -> found.add(finding.toString()));
        return Json.createObjectBuilder().add("round", number).add("kills", kills).add("troubles", Json.createArrayBuilder(troubles)).add("messages", messages)
            .add("faultsMillis", faults.toMillis()).add("drainMillis", drain.toMillis()).add("findings", found).build();
    }

    @Override public String toString() {
        return "round " + number + ": " + messages + " messages, " + kills + " kills, " + troubles + ", " + faults.toSeconds() + " s and " + drain.toSeconds() + " s until quiet"
            + (findings.isEmpty() ? ", all hold" : "\n  " + String.join("\n  ", findings.stream().map(Object::toString).toList()));
    }
}
