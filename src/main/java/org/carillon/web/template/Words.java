package org.carillon.web.template;

import java.io.Serializable;
import java.util.Objects;
import org.carillon.template.Translation;

/** A template's words in one language as they are being typed. */
public class Words implements Serializable {

    private String sms = "";
    private String subject = "";
    private String body = "";

    public static Words of(Translation translation) {
        Words words = new Words();
        words.sms = translation.sms();
        words.subject = translation.subject();
        words.body = translation.body();
        return words;
    }

    public boolean isEmpty() { return (sms + subject + body).isBlank(); }

    public Translation translation() { return translation(true, true); }

    /** Only the words of the ways that are asked for. */
    public Translation translation(boolean withSms, boolean withEmail) {
        return Translation.of(withSms ? lines(sms) : "", withEmail ? subject : "", withEmail ? lines(body) : "");
    }

    /** Browsers send lines that end in CR LF. */
    private static String lines(String text) { return text.replace("\r\n", "\n"); }

    public String getSms() { return sms; }
    public void setSms(String sms) { this.sms = Objects.toString(sms, ""); }
    public String getSubject() { return subject; }
    public void setSubject(String subject) { this.subject = Objects.toString(subject, ""); }
    public String getBody() { return body; }
    public void setBody(String body) { this.body = Objects.toString(body, ""); }
}
