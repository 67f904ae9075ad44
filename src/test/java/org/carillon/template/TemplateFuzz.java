package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.carillon.fact.Channel;

/** MSG-09, MSG-10, SEC-10: any template and any value; nothing is evaluated, nothing says "null", the count is what is sent. */
class TemplateFuzz {

    /** Template and value, with the first newline between them. */
    @FuzzTest
    void anyTextIsFilledOrRefused(byte[] both) {
        String text = new String(both, StandardCharsets.UTF_8);
        int cut = Math.max(0, text.indexOf('\n'));
        String source = text.substring(0, cut), value = text.substring(cut);
        TemplateText template = TemplateText.parse(source);
        for (Map<String, String> values : List.of(Map.<String, String>of(), Map.of("customer.name", value, "order.object", value))) {
            for (SmsMode mode : SmsMode.values()) {
                Rendering rendering = Renderer.render(template, values, "fr", "CA", Channel.SMS, 4, mode, Alphabet.GSM7);
                assertNotNull(rendering);
                if (rendering instanceof Rendering.Rendered done) {
                    assertEquals(CleanText.of(done.text()), done.text());
                    assertFalse(done.text().contains("null") && !text.contains("null"));
                    assertTrue(SmsText.of(done.text(), Alphabet.GSM7).segments() <= 4);
                }
            }
        }
    }
}
