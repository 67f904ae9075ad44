package org.carillon.delivery.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import org.carillon.delivery.Listing;
import org.carillon.delivery.Receipt;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdict;
import org.carillon.delivery.Verdicts;

/** SEC-18: callbacks that nobody meant, and answers that make no sense. */
class HookFuzz {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @FuzzTest
    void aCallbackIsReadOrRefused(byte[] body) {
        Hook hook = HookTest.hook("12345", "");
        try {
            Form form = Form.parse(new String(body, StandardCharsets.UTF_8));
            assertFalse(hook.isSigned(Hook.Kind.STATUS, null, form, new String(body, StandardCharsets.ISO_8859_1)), "nobody guesses a signature");
            Receipt receipt = hook.receipt(form.value("ref"), form);
            assertTrue(receipt.providerId().matches("[A-Za-z0-9_-]{1,64}"));
        } catch (IllegalArgumentException e) {
            // refused
        }
        try {
            assertNotNull(hook.text(Form.parse(new String(body, StandardCharsets.UTF_8)), NOW).text());
        } catch (IllegalArgumentException e) {
            // refused
        }
    }

    @FuzzTest
    void anAnswerIsAlwaysAVerdict(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        for (int status : new int[] {200, 201, 400, 429, 500}) {
            Submission submission = Reply.of(new Provider.Answer(status, text, text), Verdicts.STANDARD, InstantSource.fixed(NOW));
            assertTrue(submission.verdict() != Verdict.ACCEPTED || status < 300 && submission.providerId() != null);
            assertTrue(submission.retryAfter() == null || submission.retryAfter().compareTo(Duration.ZERO) >= 0);
        }
        try {
            Reply.page(new Provider.Answer(200, text, null), "+15145550199", NOW, new ArrayList<>());
        } catch (Listing.Unlisted e) {
            // said so
        }
    }
}
