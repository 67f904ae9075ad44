package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as they are stored: {@code PBKDF2WithHmacSHA256:600000:salt:hash} (SEC-14). At most two are computed at a time on a node, so that a
 * burst of guesses leaves the other core to everybody else.
 */
@ApplicationScoped
public class Passwords {

    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int ITERATIONS = 600_000;
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Semaphore TURN = new Semaphore(2, true);
    /** What an unknown name is compared with: as costly as a real one, and never equal. */
    private static final String NOBODY = ALGORITHM + ":" + ITERATIONS + ":" + "A".repeat(43) + "=:" + "A".repeat(43) + "=";

    public String hash(String password) {
        byte[] salt = new byte[BYTES];
        RANDOM.nextBytes(salt);
        return ALGORITHM + ":" + ITERATIONS + ":" + encode(salt) + ":" + encode(derive(password, salt, ITERATIONS));
    }

    /** Whether it is this password; takes the same time when nothing is stored (null). */
    public boolean matches(String password, String stored) {
        String[] parts = (stored == null ? NOBODY : stored).split(":");
        byte[] found = derive(password, Base64.getDecoder().decode(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(found, Base64.getDecoder().decode(parts[3])) && stored != null;
    }

    /** Whether a stored password was made with fewer iterations than we use now. */
    public boolean isDated(String stored) { return !stored.startsWith(ALGORITHM + ":" + ITERATIONS + ":"); }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        TURN.acquireUninterruptibly();
        PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, BYTES * 8);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            key.clearPassword();
            TURN.release();
        }
    }

    private static String encode(byte[] bytes) { return Base64.getEncoder().encodeToString(bytes); }
}
