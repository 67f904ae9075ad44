package org.carillon.fact;

import java.util.List;

/** Each owner of facts declares its fields; {@link FieldCatalogue} collects them. */
public interface FieldSource {

    List<Field> fields();

    /** Whether they change while a node runs, as what a shop defines itself does; they are asked for every time, then. */
    default boolean changes() { return false; }
}
