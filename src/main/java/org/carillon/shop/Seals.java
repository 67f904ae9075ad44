package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Jdbi;

/**
 * Numbers as words that nobody can make up or read (LAW-17, MSG-13): 48 hexadecimal digits, of which 128 bits are an HMAC of the number and the rest
 * is the number behind a mask made of it. They need no storage, say nothing of anybody, and hold as long as the installation's key.
 */
@ApplicationScoped
public class Seals {

    /** What a token is good for; one of the one kind is worth nothing as another. */
    public enum Use { UNSUBSCRIBE, RETURN_PATH }

    private static final int PROOF = 16;
    private static final int LENGTH = 2 * (PROOF + Long.BYTES);
    private final Jdbi jdbi;
    private final Map<String, SecretKeySpec> keys = new ConcurrentHashMap<>();

    protected Seals() { this(null); }

    @Inject
    public Seals(Jdbi jdbi) { this.jdbi = jdbi; }

    public String seal(Use use, long number) {
        byte[] proof = proof(use, number);
        return HexFormat.of().formatHex(ByteBuffer.allocate(PROOF + Long.BYTES).put(proof).putLong(number ^ mask(use, proof)).array());
    }

    /** Empty for whatever {@link #seal} did not make for this use. Asks no database, so that guessing costs us nothing. */
    public OptionalLong open(Use use, String token) {
        if (token == null || token.length() != LENGTH || !token.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            return OptionalLong.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(token));
        byte[] proof = new byte[PROOF];
        bytes.get(proof);
        long number = bytes.getLong() ^ mask(use, proof);
        return MessageDigest.isEqual(proof, proof(use, number)) ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private byte[] proof(Use use, long number) { return Arrays.copyOf(mac(use + ".proof", ByteBuffer.allocate(Long.BYTES).putLong(number).array()), PROOF); }

    private long mask(Use use, byte[] proof) { return ByteBuffer.wrap(mac(use + ".mask", proof)).getLong(); }

    private byte[] mac(String label, byte[] data) { return hmac(keys.computeIfAbsent(label, this::key), data); }

    private SecretKeySpec key(String label) {
        byte[] root = jdbi.withHandle(h -> h.createQuery("select key from installation_key").mapTo(byte[].class).one());
        return new SecretKeySpec(hmac(new SecretKeySpec(root, "HmacSHA256"), label.getBytes(StandardCharsets.UTF_8)), "HmacSHA256");
    }

    private static byte[] hmac(SecretKeySpec key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
