package org.carillon.fact;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.LocalDateTime;

/**
 * Local dates and times as ISO text: a timestamp column would pass through java.sql.Timestamp, which moves an hour that the machine's own zone
 * skips (REL-52).
 */
@Converter(autoApply = true)
public class LocalDateTimeConverter implements AttributeConverter<LocalDateTime, String> {

    @Override public String convertToDatabaseColumn(LocalDateTime local) { return local == null ? null : local.toString(); }

    @Override public LocalDateTime convertToEntityAttribute(String text) { return text == null ? null : LocalDateTime.parse(text); }
}
