package org.carillon.fact;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.Timestamp;
import java.time.Instant;

/** Instants in timestamptz columns: the persistence API of Jakarta EE 10 does not know them by itself. */
@Converter(autoApply = true)
public class InstantConverter implements AttributeConverter<Instant, Timestamp> {

    @Override public Timestamp convertToDatabaseColumn(Instant instant) { return instant == null ? null : Timestamp.from(instant); }

    @Override public Instant convertToEntityAttribute(Timestamp timestamp) { return timestamp == null ? null : timestamp.toInstant(); }
}
