package org.carillon.intake;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.carillon.report.Extract;

/** A page of messages; {@code next} is the {@code from} of the following one, null where there is none. */
final class ItemsJson {

    private ItemsJson() { }

    static JsonObject of(Extract.Page page) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        for (Extract.Item item : page.items()) {
            items.add(Json.createObjectBuilder().add("id", item.id()).add("channel", item.channel()).add("to", text(item.to())).add("state", item.state())
                .add("reason", text(item.reason())).add("text", text(item.text())).add("automation", text(item.automation()))
                .add("plannedFor", OrderJson.time(item.plannedFor())).add("sentAt", OrderJson.time(item.sentAt()))
                .add("deliveredAt", OrderJson.time(item.deliveredAt()))
                .add("segments", item.segments() == null ? JsonValue.NULL : Json.createValue(item.segments())));
        }
        return Json.createObjectBuilder().add("items", items).add("next", page.next() == null ? JsonValue.NULL : Json.createValue(page.next().toString())).build();
    }

    private static JsonValue text(String text) { return text == null ? JsonValue.NULL : Json.createValue(text); }
}
