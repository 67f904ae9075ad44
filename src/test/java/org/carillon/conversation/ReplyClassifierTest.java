package org.carillon.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.carillon.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyClassifierTest {

    @ParameterizedTest @DisplayName("LAW-11, P-12: a word that stops, however it is written, stops")
    @ValueSource(strings = {"STOP", "Stop.", "stop!", "ＳＴＯＰ", " stop ", "STOP\n", "StopAll", "STOP ALL", "Unsubscribe", "END", "Quit", "QUİT", "revoke", "OPTOUT", "OPT-OUT",
        "opt out", "remove", "TD", "ARRET", "ARRÊT", "Arrêt.", "arre\u0302t", "arrêter", "ARRETEZ", "Désabonner", "désabonnement", "DÉSINSCRIRE", "Désinscription", "Fin", "« STOP »", "*stop*", "stop 🛑"})
    void stops(String text) { assertEquals(Reading.OPT_OUT, ReplyClassifier.read(text)); }

    @ParameterizedTest @DisplayName("LAW-11, P-13: the word within a longer text is for a person, who is told")
    @ValueSource(strings = {"Stop by at 5?", "je n'arrête pas", "stop par le garage demain", "STOP 12345", "please stop texting me", "Ne m'écrivez plus SVP", "Je ne veux plus recevoir de messages",
        "Retirez-moi de votre liste", "do not text me again", "don't contact me", "Mauvais numéro", "c'est du harcèlement"})
    void flags(String text) { assertEquals(Reading.TEXT_STOP, ReplyClassifier.read(text)); }

    @ParameterizedTest @DisplayName("LAW-11, LAW-12: answers, greetings and the like stop and start nothing")
    @ValueSource(strings = {"OUI", "Yes", "non", "NO", "ANNULER", "annuler mon rendez-vous", "d'accord", "Merci!", "", "   ", "👍", "?", "8", "Quand sera-t-elle terminée?", "finir", "extremely",
        "le prix final", "starter", "infos sur ma voiture", "plus de 200 $ c'est trop"})
    void leavesTheRestToPeople(String text) { assertEquals(Reading.TEXT, ReplyClassifier.read(text)); }

    @ParameterizedTest @DisplayName("LAW-11, LAW-12: the other words")
    @CsvSource({"CANCEL,OPT_OUT_CANCEL", "cancel!,OPT_OUT_CANCEL", "HELP,HELP", "Info,HELP", "aide?,HELP", "START,OPT_IN", "unstop,OPT_IN", "Cancel my appointment,TEXT"})
    void readsTheOthers(String text, Reading reading) { assertEquals(reading, ReplyClassifier.read(text)); }

    @Test @DisplayName("LAW-11: any text gets a reading, also the longest and strangest")
    void readsAnything() {
        Seeded.run(2_000, random -> {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(400); n > 0; n--) {
                text.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0xD800) : " stop arret ne plus ecrivez".codePointAt(random.nextInt(27)));
            }
            assertNotNull(ReplyClassifier.read(text.toString()));
        });
        assertEquals(Reading.TEXT, ReplyClassifier.read("n m ecrivez ".repeat(5_000)));
    }
}
