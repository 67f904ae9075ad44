package org.carillon.intake;

import java.util.List;
import org.carillon.fact.Invalid;

/** What came of a PUT: whether it was the first under its reference, and what was kept though it cannot be used. */
record Stored(String ref, boolean created, List<Invalid> warnings) {

    int status() { return created ? 201 : 200; }
}
