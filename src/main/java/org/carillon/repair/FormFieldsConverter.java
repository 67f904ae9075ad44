package org.carillon.repair;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Fields of a form by their codes, with commas. */
@Converter
public class FormFieldsConverter implements AttributeConverter<Set<FormField>, String> {

    @Override public String convertToDatabaseColumn(Set<FormField> fields) { return fields.stream().sorted().map(FormField::name).collect(Collectors.joining(",")); }

    @Override public Set<FormField> convertToEntityAttribute(String codes) {
        return Arrays.stream(codes.split(",")).filter(code -> !code.isEmpty()).map(FormField::valueOf)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(FormField.class)));
    }
}
