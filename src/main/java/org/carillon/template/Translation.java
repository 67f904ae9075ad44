package org.carillon.template;

import jakarta.persistence.Embeddable;
import java.util.Objects;
import org.carillon.fact.Channel;

/** A template's words in one language: the SMS text, and subject and body of the e-mail; an empty one is not offered on that channel. */
@Embeddable
public class Translation {

    private String sms = "";
    private String subject = "";
    private String body = "";

    protected Translation() { }

    public static Translation of(String sms, String subject, String body) {
        Translation translation = new Translation();
        translation.sms = Objects.toString(sms, "");
        translation.subject = Objects.toString(subject, "");
        translation.body = Objects.toString(body, "");
        return translation;
    }

    boolean speaks(Channel channel) { return !(channel == Channel.SMS ? sms : body).isBlank(); }

    public String sms() { return sms; }
    public String subject() { return subject; }
    public String body() { return body; }

    @Override public boolean equals(Object other) {
        return other instanceof Translation t && sms.equals(t.sms) && subject.equals(t.subject) && body.equals(t.body);
    }

    @Override public int hashCode() { return Objects.hash(sms, subject, body); }
}
