package org.carillon.web.customer;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.carillon.report.CustomerCard;
import org.carillon.report.CustomerCard.Person;
import org.carillon.report.SubjectFile;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Pages;
import org.carillon.web.Texts;
import org.omnifaces.util.Faces;

/** All that is known of one customer, to read, to print and to hand over (LAW-21). */
@Named("customerFile") @ViewScoped
public class FilePage implements Serializable {

    private static final List<String> SECTIONS = List.of("customer", "phones", "emails", "vehicles", "orders", "leads", "consents", "stops", "messages", "written", "planned", "events");

    /** A part of the file; its rows are lists of a label with its value, without what is empty. */
    public record Section(String name, List<List<Line>> rows) { }

    public record Line(String label, String value) { }

    @Inject private CustomerCard cards;
    @Inject private SubjectFile files;
    @Inject private Current current;
    @Inject private Moments moments;
    @Inject private Texts texts;
    private String id;
    private transient Person person;
    private transient List<Section> sections;

    public void open() {
        if (getPerson() == null) {
            Pages.notFound();
        }
    }

    public Person getPerson() {
        if (person == null && Pages.number(id) != null) {
            person = cards.find(current.getScope(), Pages.number(id)).map(CustomerCard.Card::person).orElse(null);
        }
        return person;
    }

    public List<Section> getSections() {
        if (sections == null && getPerson() != null) {
            JsonObject file = json().map(FilePage::read).orElse(JsonValue.EMPTY_JSON_OBJECT);
            sections = SECTIONS.stream().map(name -> new Section(name, file.containsKey(name) ? file.getJsonArray(name).getValuesAs(JsonObject.class).stream().map(this::lines).toList() : List.of())).toList();
        }
        return sections;
    }

    /** As a machine reads it. */
    public void download() throws IOException {
        byte[] bytes = json().orElseThrow().getBytes(StandardCharsets.UTF_8);
        Faces.sendFile(bytes, "customer-" + getPerson().id() + ".json", true);
    }

    private Optional<String> json() { return files.json(current.getScope(), getPerson().id()); }

    private List<Line> lines(JsonObject row) {
        return row.entrySet().stream().flatMap(e -> value(e.getValue()).map(value -> new Line(texts.say("customer", "file.field." + e.getKey()), value)).stream()).toList();
    }

    private Optional<String> value(JsonValue value) {
        String text = value instanceof JsonString string ? string.getString() : value instanceof JsonNumber ? value.toString()
            : value == JsonValue.TRUE || value == JsonValue.FALSE ? texts.say("customer", "file." + value) : value == JsonValue.NULL ? "" : value.toString();
        if (text.isBlank() || text.equals("[]") || text.equals("{}")) {
            return Optional.empty();
        }
        return Optional.of(text.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+[+-]\\d\\d:\\d\\d") ? moments.atZone(OffsetDateTime.parse(text).toInstant(), getPerson().zone()) : text);
    }

    private static JsonObject read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
}
