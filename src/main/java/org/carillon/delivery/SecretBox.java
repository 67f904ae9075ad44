package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.Config;

/**
 * Seals routes' secrets with AES-256-GCM before they are stored (SEC-26): a nonce for each sealing, and the route's code authenticated with it, so
 * that one route's secrets do not open as another's. {@code carillon.secrets.key} (or the file {@code carillon.secrets.keyFile}) seals and opens;
 * {@code carillon.secrets.oldKey} (or {@code oldKeyFile}) only opens, until all is sealed anew. Each is 32 bytes in Base64.
 */
@ApplicationScoped
public class SecretBox {

    /** The key of the examples: whoever runs with it keeps no secrets. */
    public static final String EXAMPLE = "Y2FyaWxsb24tZXhhbXBsZS1rZXktZG8tbm90LXVzZSE=";
    private static final int BYTES = 32, NONCE = 12, TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();

    protected SecretBox() { }

    /** @throws IllegalStateException where a key is no key, or is that of the examples */
    @Inject
    public SecretBox(Config config) { this(key(config, "key").orElse(null), key(config, "oldKey").orElse(null)); }

    /** @param key Base64, null where there is none; {@code oldKey} likewise */
    public SecretBox(String key, String oldKey) {
        if (key == null && oldKey != null) {
            throw new IllegalStateException("carillon.secrets.oldKey is set without carillon.secrets.key");
        }
        add("key", key);
        add("oldKey", oldKey);
    }

    private static Optional<String> key(Config config, String name) {
        Optional<String> file = config.getOptionalValue("carillon.secrets." + name + "File", String.class).filter(path -> !path.isBlank());
        if (file.isEmpty()) {
            return config.getOptionalValue("carillon.secrets." + name, String.class).map(String::strip).filter(text -> !text.isEmpty());
        }
        try {
            return Optional.of(Files.readString(Path.of(file.get())).strip());
        } catch (IOException e) {
            throw new IllegalStateException("carillon.secrets." + name + "File cannot be read: " + file.get());
        }
    }

    private void add(String name, String text) {
        if (text == null) {
            return;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("carillon.secrets." + name + " is not Base64");
        }
        if (bytes.length != BYTES) {
            throw new IllegalStateException("carillon.secrets." + name + " is not 32 bytes in Base64");
        }
        if (text.equals(EXAMPLE)) {
            throw new IllegalStateException("carillon.secrets." + name + " is the key of the examples: make one with openssl rand -base64 32");
        }
        keys.putIfAbsent(id(bytes), new SecretKeySpec(bytes, "AES"));
    }

    private static String id(byte[] key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key), 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without a key no secret can be stored. */
    public boolean hasKey() { return !keys.isEmpty(); }

    /** Sealed with the present key, so that nothing is left to do. */
    public boolean isPresent(Route.Sealed sealed) { return hasKey() && keys.keySet().iterator().next().equals(sealed.keyId()); }

    public boolean opens(Route.Sealed sealed) { return keys.containsKey(sealed.keyId()); }

    /** @throws IllegalStateException where there is no key */
    public Route.Sealed seal(String route, Map<String, String> secrets) {
        String keyId = keys.keySet().stream().findFirst().orElseThrow(() -> new IllegalStateException("no key for secrets"));
        JsonObjectBuilder json = Json.createObjectBuilder();
        new TreeMap<>(secrets).forEach(json::add);
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] text = crypt(Cipher.ENCRYPT_MODE, keyId, route, nonce, json.build().toString().getBytes(StandardCharsets.UTF_8));
        return new Route.Sealed(Base64.getEncoder().encodeToString(text), Base64.getEncoder().encodeToString(nonce), keyId);
    }

    /** @throws IllegalArgumentException where no key opens it */
    public Map<String, String> open(String route, Route.Sealed sealed) {
        if (!opens(sealed)) {
            throw new IllegalArgumentException("the key of its secrets is missing");
        }
        byte[] text = crypt(Cipher.DECRYPT_MODE, sealed.keyId(), route, Base64.getDecoder().decode(sealed.nonce()), Base64.getDecoder().decode(sealed.text()));
        Map<String, String> secrets = new TreeMap<>();
        try (var reader = Json.createReader(new StringReader(new String(text, StandardCharsets.UTF_8)))) {
            var json = reader.readObject();
            json.keySet().forEach(name -> secrets.put(name, json.getString(name)));
        }
        return secrets;
    }

    private byte[] crypt(int mode, String keyId, String route, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(route.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("its secrets do not open");
        }
    }
}
