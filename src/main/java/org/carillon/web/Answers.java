package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What providers answered, in the reader's words. */
@Named @ApplicationScoped
public class Answers {

    private static final Pattern REFUSED = Pattern.compile("(?:(?:bind )?refused,|answered) (\\S+(?: [0-9.]+)?)(?: at [A-Z_]+)?");
    private static final Pattern NO_CONNECTION = Pattern.compile("no connection \\(\\w+\\)");

    private final Current current;
    private final Texts texts;

    protected Answers() { this(null, null); }

    @Inject
    public Answers(Current current, Texts texts) {
        this.current = current;
        this.texts = texts;
    }

    /** A provider's code with its meaning where we know it: « 0x0000000B, numéro de destinataire invalide ». Empty for none. */
    public String code(String code) {
        return code == null || code.isEmpty() ? "" : Codes.say(current.getLocale(), code);
    }

    /** Code, provider's number and note of an attempt, in one line. */
    public String outcome(String code, String providerId, String detail) {
        String number = providerId == null || providerId.isEmpty() ? "" : texts.say("message", "view.providerId", providerId);
        return Stream.of(code(code), number, Details.say(current.getLocale(), detail)).filter(s -> !s.isEmpty()).collect(Collectors.joining(" · "));
    }

    /** What a route says of itself, or the code for which it was stopped. */
    public String health(String detail) {
        Matcher refused = REFUSED.matcher(detail);
        if (refused.matches()) {
            return Stream.of(texts.say("route", "note.refused", code(refused.group(1))), Details.say(current.getLocale(), detail)).filter(s -> !s.isEmpty()).collect(Collectors.joining(", "));
        }
        if (detail.matches("0x[0-9A-F]+|[245][0-9][0-9]( .*)?")) {
            return texts.say("route", "note.refused", code(detail));
        }
        return NO_CONNECTION.matcher(detail).matches() ? texts.say("route", "note.unreachable") : Details.say(current.getLocale(), detail);
    }
}
