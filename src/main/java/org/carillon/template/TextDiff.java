package org.carillon.template;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What became of a text, word by word; a placeholder counts as one word. Pure. */
public final class TextDiff {

    public enum Kind { SAME, GONE, NEW }

    public record Piece(Kind kind, String text) implements Serializable { }

    private static final Pattern WORD = Pattern.compile("\\{[^{}\\r\\n]*\\}|[\\p{L}\\p{M}\\p{N}]+|\\s+|.", Pattern.DOTALL);
    /** Above this many comparisons the middle is shown as replaced, rather than keep a page waiting. */
    private static final long PATIENCE = 4_000_000;

    private TextDiff() { }

    /** Joined, SAME and GONE are the text before, SAME and NEW the text after. */
    public static List<Piece> between(String before, String after) {
        List<String> a = words(before);
        List<String> b = words(after);
        int head = 0;
        while (head < Math.min(a.size(), b.size()) && a.get(head).equals(b.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(a.size(), b.size()) - head && a.get(a.size() - 1 - tail).equals(b.get(b.size() - 1 - tail))) {
            tail++;
        }
        Pieces pieces = new Pieces();
        a.subList(0, head).forEach(word -> pieces.add(Kind.SAME, word));
        middle(a.subList(head, a.size() - tail), b.subList(head, b.size() - tail), pieces);
        a.subList(a.size() - tail, a.size()).forEach(word -> pieces.add(Kind.SAME, word));
        return pieces.list();
    }

    /** As {@link #between}, with long stretches that stayed cut to {@code around} characters beside what changed. */
    public static List<Piece> brief(String before, String after, int around) {
        List<Piece> all = between(before, after);
        List<Piece> brief = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Piece piece = all.get(i);
            boolean first = i == 0;
            boolean last = i == all.size() - 1;
            brief.add(piece.kind() == Kind.SAME ? new Piece(Kind.SAME, shortened(piece.text(), first ? 0 : around, last ? 0 : around)) : piece);
        }
        return brief;
    }

    private static String shortened(String text, int start, int end) {
        if (text.length() <= start + end + 20) {
            return text;
        }
        int to = boundary(text, start);
        int from = boundary(text, text.length() - end);
        return text.substring(0, to) + "…" + text.substring(from);
    }

    /** Never between the two halves of a character. */
    private static int boundary(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    private static void middle(List<String> a, List<String> b, Pieces pieces) {
        if ((long) a.size() * b.size() > PATIENCE) {
            a.forEach(word -> pieces.add(Kind.GONE, word));
            b.forEach(word -> pieces.add(Kind.NEW, word));
            return;
        }
        int[][] common = new int[a.size() + 1][b.size() + 1];  // length of the longest common part of the ends from i and j
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j)) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                pieces.add(Kind.SAME, a.get(i));
                i++;
                j++;
            } else if (j == b.size() || i < a.size() && common[i + 1][j] >= common[i][j + 1]) {
                pieces.add(Kind.GONE, a.get(i++));
            } else {
                pieces.add(Kind.NEW, b.get(j++));
            }
        }
    }

    private static List<String> words(String text) { return WORD.matcher(text).results().map(MatchResult::group).toList(); }

    /**
     * Neighbours of one kind become one piece; a blank that stayed between two changes is told with them, so that « deux mots changés » reads as two
     * phrases and not as confetti.
     */
    private static final class Pieces {

        private final StringBuilder gone = new StringBuilder();
        private final StringBuilder fresh = new StringBuilder();
        private final StringBuilder same = new StringBuilder();
        private final List<Piece> list = new ArrayList<>();

        void add(Kind kind, String word) {
            if (kind == Kind.SAME) {
                same.append(word);
                return;
            }
            boolean changing = gone.length() + fresh.length() > 0;
            if (same.length() > 0 && changing && same.toString().isBlank() && same.indexOf("\n") < 0) {
                gone.append(same);
                fresh.append(same);
                same.setLength(0);
            } else if (same.length() > 0) {
                flushChange();
                flushSame();
            }
            (kind == Kind.GONE ? gone : fresh).append(word);
        }

        private void flushChange() {
            put(Kind.GONE, gone);
            put(Kind.NEW, fresh);
        }

        private void flushSame() { put(Kind.SAME, same); }

        private void put(Kind kind, StringBuilder text) {
            if (text.length() > 0) {
                list.add(new Piece(kind, text.toString()));
                text.setLength(0);
            }
        }

        List<Piece> list() {
            flushChange();
            flushSame();
            return List.copyOf(list);
        }
    }
}
