package org.carillon.fact;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.util.PGobject;

/** Values of attributes in a jsonb column: the persistence API has no type for it. */
@Converter
public class AttributeValuesConverter implements AttributeConverter<Map<String, Object>, PGobject> {

    @Override
    public PGobject convertToDatabaseColumn(Map<String, Object> values) {
        try {
            PGobject json = new PGobject();
            json.setType("jsonb");
            json.setValue(AttributeJson.of(values == null ? Map.of() : values).toString());
            return json;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override public Map<String, Object> convertToEntityAttribute(PGobject json) { return json == null ? Map.of() : AttributeJson.values(json.getValue()); }
}
