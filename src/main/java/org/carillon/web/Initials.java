package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The letters in a round picture: the first of the first two words of a name. */
@Named @ApplicationScoped
public class Initials {

    public String of(String name) {
        return Arrays.stream(name.strip().split("\\s+")).filter(word -> !word.isEmpty()).limit(2).map(word -> word.substring(0, word.offsetByCodePoints(0, 1)))
            .collect(Collectors.joining()).toUpperCase(Locale.ROOT);
    }
}
