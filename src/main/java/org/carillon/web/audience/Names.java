package org.carillon.web.audience;

import java.util.Optional;

/** What people call a shop's own fields, and the values of fields, in the reader's language; empty where a bundle has the word or nobody has one. */
public interface Names {

    Names NONE = new Names() {
        @Override public Optional<String> field(String code) { return Optional.empty(); }
        @Override public Optional<String> value(String field, String value) { return Optional.empty(); }
    };

    Optional<String> field(String code);

    Optional<String> value(String field, String value);
}
