package org.carillon.web;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a provider's code means (keys {@code code.*} of {@code state}): « 550 5.7.1, refusé au nom des règles du serveur ». Of several codes the last says most: the enhanced one
 * of SMTP, the provider's own of HTTP. An enhanced one without words of its own has those of its kind, {@code 5.7.x}.
 */
final class Codes {

    private Codes() { }

    /** The code as it is where nobody knows what it means. */
    static String say(Locale locale, String code) { return meaning(locale, code).map(words -> code + ", " + words).orElse(code); }

    static Optional<String> meaning(Locale locale, String code) {
        List<String> codes = Arrays.asList(code.split(" "));
        Collections.reverse(codes);
        return codes.stream().flatMap(one -> Stream.of(one, one.replaceFirst("^([245]\\.\\d{1,3})\\.\\d{1,3}$", "$1.x"))).map(one -> Texts.say(locale, "state", "code." + one))
            .filter(words -> !words.startsWith("???")).findFirst();
    }
}
