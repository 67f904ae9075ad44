package org.carillon.web.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.carillon.audience.Audience;
import org.carillon.audience.AudienceJson;
import org.carillon.audience.Comparison;
import org.carillon.audience.Operator;
import org.carillon.audience.Value;
import org.carillon.fact.Invalid;
import org.carillon.web.audience.RuleEditor.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** KI-32, KI-33: rules while they are being typed. */
class RuleEditorTest {

    private final RuleEditor editor = RuleEditor.of(null);

    private Row row(int group, int row) { return editor.getGroups().get(group).getRows().get(row); }

    private void settle() { editor.settle(SentenceTest.CATALOGUE); }

    @Test void beginsWithOneRuleToTypeIn() {
        assertTrue(editor.isBlank());
        assertTrue(editor.isOnly());
        assertEquals(Audience.of(List.of()), editor.audience());
        assertEquals(List.of("audience.empty"), editor.judge(SentenceTest.CATALOGUE).stream().map(Invalid::key).toList());
        assertEquals("audience.empty", editor.getProblem().key());
    }

    @Test void keepsWhatStillMakesSense() {
        row(0, 0).setCategory("repair_order_closed");
        settle();
        assertEquals("repair_order_closed.last_time", row(0, 0).getField());
        assertEquals("exactly DAYS_AGO", row(0, 0).getForm());
        row(0, 0).setForm("more_than OPEN_DAYS_AGO");
        row(0, 0).setText("12");
        row(0, 0).setCategory("appointment");
        settle();
        assertEquals("appointment.last_time", row(0, 0).getField(), "the same attribute");
        assertEquals("more_than OPEN_DAYS_AGO", row(0, 0).getForm());
        row(0, 0).setCategory("sale");
        settle();
        assertEquals("sale.vehicle_delivery_date", row(0, 0).getField());
        assertEquals("12", row(0, 0).getText());
        row(0, 0).setField("sale.vehicle_make");
        settle();
        assertEquals("is TEXT", row(0, 0).getForm());
        assertEquals("", row(0, 0).getText(), "days are no make");
        row(0, 0).setText("Toyota");
        row(0, 0).setField("sale.vehicle_model");
        row(0, 0).setForm("contains TEXT");
        settle();
        assertEquals(Audience.of(List.of(List.of(new Comparison("sale.vehicle_model", Operator.CONTAINS, new Value.Text("Toyota"))))), editor.audience());
        row(0, 0).setField("repair_order_opened.customer_sale");
        row(0, 0).setCategory("repair_order_opened");
        row(0, 0).setForm("more_or_equal AMOUNT");
        row(0, 0).setText("1 200,5");
        settle();
        assertEquals(new Value.Amount(new BigDecimal("1200.5")), editor.audience().groups().get(0).get(0).value());
    }

    @Test @DisplayName("KI-38, KI-39: alternatives and rules come and go; an alternative is about the same thing")
    void addsAndRemoves() {
        row(0, 0).setCategory("customer");
        settle();
        editor.addAlternative(0);
        assertEquals("customer.name", row(0, 1).getField());
        editor.addRule();
        assertEquals(2, editor.getGroups().size());
        editor.remove(0, 0);
        assertEquals(1, editor.getGroups().get(0).getRows().size());
        editor.remove(0, 0);
        editor.remove(0, 0);
        assertTrue(editor.isOnly() && editor.isBlank());
    }

    @Test @DisplayName("Half filled in stays as typed, is named at its place once asked, and no longer when it is right")
    void namesWhatIsWrongAtItsPlace() throws Exception {
        row(0, 0).setCategory("repair_order_closed");
        settle();
        row(0, 0).setText("soon");
        editor.addRule();
        settle();
        assertNull(row(0, 0).getProblem(), "nobody asked yet");
        assertEquals(List.of("groups[0][0].value", "groups[1][0].field"), editor.judge(SentenceTest.CATALOGUE).stream().map(Invalid::field).toList());
        RuleEditor kept = copy();
        assertEquals("soon", kept.getGroups().get(0).getRows().get(0).getText());
        assertTrue(kept.getGroups().get(0).getRows().get(0).wrong("value"), "a problem outlives the session's sleep");
        assertEquals("audience.choose", row(1, 0).getProblem().key());
        row(0, 0).setText("180");
        settle();
        assertNull(row(0, 0).getProblem());
        assertEquals("audience.choose", row(1, 0).getProblem().key());
        editor.remove(1, 0);
        assertEquals(List.of(), editor.judge(SentenceTest.CATALOGUE));
    }

    @Test @DisplayName("A rule on an attribute that was removed stays, and is refused by its name")
    void keepsWhatWasRemoved() {
        RuleEditor old = RuleEditor.of(Audience.of(List.of(List.of(new Comparison("customer.meta_gone", Operator.IS, new Value.Text("x"))))));
        old.settle(SentenceTest.CATALOGUE);
        assertEquals("customer.meta_gone", old.getGroups().get(0).getRows().get(0).getField());
        old.judge(SentenceTest.CATALOGUE);
        assertEquals(new RuleEditor.Problem("field", "audience.field", List.of("customer.meta_gone")), old.getGroups().get(0).getRows().get(0).getProblem());
    }

    @Test @DisplayName("A-02: what messages are about, given by import or REST, holds as long as a rule names it: nothing on the page could change it")
    void dropsATargetThatNoRuleNames() {
        String json = "[[{\"field\":\"appointment.next_one\",\"operator\":\"exists\"}],[{\"field\":\"customer.name\",\"operator\":\"contains\",\"value\":\"É\"}]]";
        RuleEditor told = RuleEditor.of(AudienceJson.parse(json, "appointment", SentenceTest.CATALOGUE));
        told.settle(SentenceTest.CATALOGUE);
        assertEquals("appointment", told.audience().target());
        told.remove(0, 0);
        told.settle(SentenceTest.CATALOGUE);
        assertNull(told.audience().target());
        assertEquals(List.of(), told.judge(SentenceTest.CATALOGUE));
        RuleEditor changed = RuleEditor.of(AudienceJson.parse(json, "appointment", SentenceTest.CATALOGUE));
        changed.getGroups().get(0).getRows().get(0).setCategory("customer");
        changed.settle(SentenceTest.CATALOGUE);
        assertNull(changed.audience().target(), "the rule became one of customers");
    }

    @Test @DisplayName("What is opened and closed again is the same, drafts included")
    void comesBackAsItWas() {
        String json = "[[{\"field\":\"repair_order_closed.last_time\",\"operator\":\"exactly\",\"value\":{\"daysAgo\":180}},{\"field\":\"customer.name\",\"operator\":\"contains\",\"value\":\"É\"}],"
            + "[{\"field\":\"appointment.next_one\",\"operator\":\"does_not_exist\"}],[{\"field\":\"repair_order_opened.times\",\"operator\":\"equal\",\"value\":0}]]";
        Audience audience = AudienceJson.parse(json, "appointment", SentenceTest.CATALOGUE);
        assertEquals(audience, RuleEditor.of(audience).audience());
        Audience draft = Audience.of(List.of(List.of(new Comparison("repair_order_opened.times", Operator.EQUAL, new Value.Amount(null)), new Comparison("", Operator.IS, new Value.Text("")))));
        RuleEditor again = RuleEditor.of(AudienceJson.parse(AudienceJson.write(draft).toString(), null, SentenceTest.CATALOGUE));
        again.settle(SentenceTest.CATALOGUE);
        assertEquals("equal AMOUNT", again.getGroups().get(0).getRows().get(0).getForm());
        assertEquals("", again.getGroups().get(0).getRows().get(0).getText());
    }

    private RuleEditor copy() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(editor);
        return (RuleEditor) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }
}
