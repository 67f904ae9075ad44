package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;

/** Why something was not sent, or not yet, in the reader's words (law 5): brief for a list, a sentence with name and remedy for a card. */
@Named @ApplicationScoped
public class Reasons {

    private final Texts texts;

    protected Reasons() { this(null); }

    @Inject
    public Reasons(Texts texts) { this.texts = texts; }

    /** Such as « Sans consentement SMS »; empty for null. */
    public String brief(String reason, String channel) {
        if (reason == null || reason.isEmpty()) {
            return "";
        }
        String words = texts.say("reason", reason, channel(channel), "", "");
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** Such as « Non envoyé : Sophie Tremblay n’a pas accepté les messages par SMS. »; the brief form where no sentence was written. */
    public String full(String reason, String channel, String person, String detail) {
        if (reason == null || reason.isEmpty()) {
            return "";
        }
        return texts.has("reason", "full." + reason) ? texts.say("reason", "full." + reason, channel(channel), person, named(detail)) : brief(reason, channel);
    }

    /** A missing field by the name that the template editor gives it; anything else as it is. */
    private String named(String detail) {
        return detail == null ? "" : texts.has("template", "field." + detail) ? texts.say("template", "field." + detail) : detail;
    }

    private String channel(String channel) { return channel == null ? "" : texts.say("state", "channel.name." + channel); }
}
