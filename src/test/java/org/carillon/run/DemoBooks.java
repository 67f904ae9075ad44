package org.carillon.run;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The books of the demo company ({@code demo/*.csv}) as its shop system would send them; days are counted from today. */
final class DemoBooks {

    private static final Map<String, ZoneId> ZONES = Map.of("MTL", ZoneId.of("America/Toronto"), "PAR", ZoneId.of("Europe/Paris"));

    private DemoBooks() { }

    static List<Map.Entry<String, JsonObject>> customers() { return rows("customers.csv").stream().map(row -> Map.entry(row[0], customer(row))).toList(); }

    /** As they came in: new, with the due date that was agreed then. */
    static List<Map.Entry<String, JsonObject>> ordersAsOpened() {
        return rows("orders.csv").stream().map(row -> Map.entry(row[0], order(row).add("status", "NEW").build())).toList();
    }

    static List<Map.Entry<String, JsonObject>> orders() {
        return rows("orders.csv").stream().filter(row -> !"NEW".equals(row[4]))
            .map(row -> Map.entry(row[0], Json.createObjectBuilder().add("status", row[4]).build())).toList();
    }

    /** As they asked: new, whatever became of them. */
    static List<Map.Entry<String, JsonObject>> leads() { return rows("leads.csv").stream().map(row -> Map.entry(row[0], lead(row))).toList(); }

    /** The statuses they reached since, where they are no longer new. */
    static List<Map.Entry<String, JsonObject>> leadsSince() {
        return rows("leads.csv").stream().filter(row -> !"NEW".equals(row[11])).map(row -> Map.entry(row[0], Json.createObjectBuilder().add("status", row[11]).build())).toList();
    }

    static List<Map.Entry<String, JsonObject>> appointments() {
        return rows("appointments.csv").stream().map(row -> Map.entry(row[0], appointment(row))).toList();
    }

    static List<Map.Entry<String, JsonObject>> sales() { return rows("sales.csv").stream().map(row -> Map.entry(row[0], sale(row))).toList(); }

    private static JsonObject appointment(String[] row) {
        LocalDate day = LocalDate.now(ZONES.get(row[1]));
        int ahead = Integer.parseInt(row[3]);
        for (int step = 0; step < Math.abs(ahead) || day.getDayOfWeek().getValue() > 5; ) {
            day = day.plusDays(ahead < 0 ? -1 : 1);
            step += day.getDayOfWeek().getValue() > 5 ? 0 : 1;
        }
        LocalDateTime start = day.atTime(LocalTime.parse(row[4]));
        return Json.createObjectBuilder().add("location", row[1]).add("customer", row[2]).add("startAt", start.toString())
            .add("endAt", start.plusMinutes(Integer.parseInt(row[5])).toString()).add("createdAt", start.minusDays(10).toString()).add("status", row[6])
            .add("vehicle", "V-" + row[2].substring(2)).add("userReference", row[8]).add("attributes", Json.createObjectBuilder().add("service", row[7])).build();
    }

    private static JsonObject sale(String[] row) {
        JsonObjectBuilder sale = Json.createObjectBuilder().add("location", row[1]).add("customer", row[2]).add("vehicle", Json.createObjectBuilder().add("make", row[3])
            .add("model", row[4]).add("year", Integer.parseInt(row[5]))).add("condition", row[6]).add("userReference", row[8]);
        return row[7].isEmpty() ? sale.build() : sale.add("deliveredOn", LocalDate.now(ZONES.get(row[1])).plusDays(Integer.parseInt(row[7])).toString()).build();
    }

    private static JsonObject lead(String[] row) {
        JsonObjectBuilder lead = Json.createObjectBuilder().add("location", row[1]).add("status", "NEW").add("object", row[9]).add("note", row[10]);
        if (!row[2].isEmpty()) {
            return lead.add("customer", row[2]).build();
        }
        JsonObjectBuilder contact = Json.createObjectBuilder().add("firstName", row[3]).add("lastName", row[4]).add("language", row[5])
            .add("phones", Json.createArrayBuilder().add(Json.createObjectBuilder().add("number", row[6])));
        if (!row[7].isEmpty()) {
            contact.add("email", row[7]);
        }
        if (!row[8].isEmpty()) {
            contact.add("consent", Json.createObjectBuilder().add("sms", row[8].contains("S")).add("email", row[8].contains("E")).add("basis", "Formulaire du site"));
        }
        return lead.add("contact", contact).build();
    }

    private static JsonObject customer(String[] row) {
        String consents = row[7];
        JsonObjectBuilder customer = Json.createObjectBuilder().add("location", row[1]).add("name", row[2] + " " + row[3]).add("firstName", row[2])
            .add("lastName", row[3]).add("language", row[4]);
        JsonArrayBuilder phones = Json.createArrayBuilder();
        customer.add("phones", row[5].isEmpty() ? phones : phones.add(Json.createObjectBuilder().add("number", row[5])));
        if (!row[6].isEmpty()) {
            customer.add("email", row[6]);
        }
        if (!consents.isEmpty()) {
            customer.add("consent", Json.createObjectBuilder().add("sms", consents.contains("S")).add("email", consents.contains("E"))
                .add("marketing", consents.contains("M")).add("basis", "Fiche signée au comptoir"));
        }
        return customer.add("vehicles", Json.createArrayBuilder().add(Json.createObjectBuilder().add("ref", "V-" + row[0].substring(2)).add("make", row[8])
            .add("model", row[9]).add("year", Integer.parseInt(row[10])))).build();
    }

    private static JsonObjectBuilder order(String[] row) {
        ZoneId zone = ZONES.get(row[1]);
        LocalDate today = LocalDate.now(zone);
        JsonObjectBuilder order = Json.createObjectBuilder().add("location", row[1]).add("customer", row[2]).add("reference", row[0].substring(2))
            .add("userReference", row[7]).add("openedAt", today.minusDays(Integer.parseInt(row[8])).atTime(8, 30).atZone(zone).toOffsetDateTime().toString());
        if (row[3].isEmpty()) {
            order.add("vehicle", "V-" + row[2].substring(2));
        } else {
            order.add("object", row[3]);
        }
        if (!row[5].isEmpty()) {
            order.add("dueAt", today.plusDays(Integer.parseInt(row[5])).atTime(LocalTime.parse(row[6])).toString());
        }
        BigDecimal total = BigDecimal.ZERO;
        JsonArrayBuilder lines = Json.createArrayBuilder();
        for (String line : row[9].split(",")) {
            String[] parts = line.split("\\|");
            lines.add(Json.createObjectBuilder().add("item", parts[0]).add("category", parts[1]).add("amount", new BigDecimal(parts[2])));
            total = total.add(new BigDecimal(parts[2]));
        }
        return order.add("lines", lines).add("total", total).add("customerSale", total);
    }

    private static List<String[]> rows(String file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(DemoBooks.class.getResourceAsStream("/demo/" + file), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(";", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
