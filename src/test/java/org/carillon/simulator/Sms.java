package org.carillon.simulator;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * One text on a handset, put together from its parts.
 *
 * @param number   counted from 1 since the simulator started
 * @param fromShop true for a text the customer received, false for one that the customer wrote
 * @param doubles  how many parts came more than once
 */
public record Sms(long number, boolean fromShop, String from, String to, String text, int segments, boolean complete, int doubles, Instant at,
                  List<SmsPart> parts) {

    static Sms first(long number, SmsPart part) {
        return new Sms(number, true, part.from(), "+" + Phones.digits(part.to()), part.text(), part.parts(), part.parts() == 1, 0, part.receivedAt(), List.of(part));
    }

    /** One submit that the provider cuts into segments. */
    static Sms whole(long number, SmsPart part, int segments) {
        return new Sms(number, true, part.from(), "+" + Phones.digits(part.to()), part.text(), segments, true, 0, part.receivedAt(), List.of(part));
    }

    static Sms written(long number, String from, String to, String text, int segments, Instant at) {
        return new Sms(number, false, from, to, text, segments, true, 0, at, List.of());
    }

    boolean awaits(SmsPart part) {
        return fromShop && !complete && part.concatRef() == parts.get(0).concatRef() && part.parts() == segments && part.from().equals(from)
            && Phones.digits(part.to()).equals(Phones.digits(to));
    }

    Sms with(SmsPart part) {
        List<SmsPart> all = java.util.stream.Stream.concat(parts.stream(), java.util.stream.Stream.of(part)).toList();
        TreeMap<Integer, String> texts = new TreeMap<>();
        all.forEach(one -> texts.putIfAbsent(one.part(), one.text()));
        return new Sms(number, true, from, to, String.join("", texts.values()), segments, texts.size() == segments, all.size() - texts.size(), at, all);
    }

    JsonObject json() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        parts.forEach(part -> list.add(part.json()));
        return Json.createObjectBuilder().add("number", number).add("fromShop", fromShop).add("from", from).add("to", to).add("text", text)
            .add("segments", segments).add("complete", complete).add("doubles", doubles).add("receivedAt", at.toString()).add("parts", list).build();
    }
}
