package org.carillon.delivery.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** X-Twilio-Signature (SEC-18): HMAC-SHA1, keyed by the token, over the whole address and the sorted fields. Pure. */
final class Signature {

    private Signature() { }

    static String of(String token, String url, Form form) {
        StringBuilder signed = new StringBuilder(url);
        form.values().forEach((name, values) -> values.forEach(value -> signed.append(name).append(value)));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In a time that tells nothing of how much of it was right; every token is tried. */
    static boolean matches(Collection<String> tokens, String url, Form form, String given) {
        boolean matches = false;
        for (String token : tokens) {
            matches |= MessageDigest.isEqual(of(token, url, form).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        }
        return matches;
    }
}
