package org.carillon.audience;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;

/** Whether a customer is in a group. The groups are read when a rule first asks for one, and stay the same for as long as this catalogue is used. */
public final class InGroup implements Asked.Membership {

    private final Supplier<List<CustomerGroup>> reader;
    private Map<String, CustomerGroup> groups;

    InGroup(Supplier<List<CustomerGroup>> reader) { this.reader = reader; }

    @Override public Category category() { return Category.CUSTOMER; }

    public synchronized Optional<CustomerGroup> group(String ref) {
        if (groups == null) {
            groups = new LinkedHashMap<>();
            reader.get().forEach(g -> groups.put(g.ref(), g));
        }
        return Optional.ofNullable(ref == null ? null : groups.get(ref.strip().toLowerCase(Locale.ROOT)));
    }
}
