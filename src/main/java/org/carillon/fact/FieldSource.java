package org.carillon.fact;

import java.util.List;

/** Each owner of facts declares its fields; {@link FieldCatalogue} collects them. */
public interface FieldSource {

    List<Field> fields();
}
