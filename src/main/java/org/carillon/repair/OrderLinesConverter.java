package org.carillon.repair;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Order lines as JSON text on the order's row. */
@Converter
public class OrderLinesConverter implements AttributeConverter<List<OrderLine>, String> {

    @Override public String convertToDatabaseColumn(List<OrderLine> lines) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (OrderLine line : lines) {
            JsonObjectBuilder object = Json.createObjectBuilder().add("item", Objects.toString(line.item(), "")).add("category", Objects.toString(line.category(), ""));
            array.add(line.amount() == null ? object : object.add("amount", line.amount()));
        }
        return array.build().toString();
    }

    @Override public List<OrderLine> convertToEntityAttribute(String text) {
        List<OrderLine> lines = new ArrayList<>();
        try (var reader = Json.createReader(new StringReader(text))) {
            for (JsonObject line : reader.readArray().getValuesAs(JsonObject.class)) {
                lines.add(new OrderLine(line.getString("item"), line.getString("category"),
                    line.containsKey("amount") ? line.getJsonNumber("amount").bigDecimalValue() : null));
            }
        }
        return lines;
    }
}
