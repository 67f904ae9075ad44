package org.carillon.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/**
 * Every submit, on disk before it is answered: the oracle of fault tests. One line each, fields separated by tabs, text last and escaped:
 * instant, protocol, connection, sequence, source, destination, reference (user_message_reference or Message-ID), concat reference, part,
 * parts, answer, text.
 */
public final class SubmitLog implements Closeable {

    /** One line of the log. */
    public record Line(Instant at, String protocol, int connection, int sequence, String source, String destination, String reference, int concatRef,
                       int part, int parts, int answer, String text) {

        String written() {
            return String.join("\t", at.toString(), protocol, Integer.toString(connection), Integer.toString(sequence), escape(source), escape(destination),
                escape(reference), Integer.toString(concatRef), Integer.toString(part), Integer.toString(parts), Integer.toString(answer), escape(text)) + "\n";
        }

        public static Line read(String line) {
            String[] field = line.split("\t", -1);
            return new Line(Instant.parse(field[0]), field[1], Integer.parseInt(field[2]), Integer.parseInt(field[3]), unescape(field[4]), unescape(field[5]),
                unescape(field[6]), Integer.parseInt(field[7]), Integer.parseInt(field[8]), Integer.parseInt(field[9]), Integer.parseInt(field[10]),
                unescape(field[11]));
        }

        private static String escape(String text) {
            return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
        }

        private static String unescape(String text) {
            StringBuilder plain = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' && i + 1 < text.length()) {
                    c = switch (text.charAt(++i)) {
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        default -> text.charAt(i);
                    };
                }
                plain.append(c);
            }
            return plain.toString();
        }
    }

    private final FileChannel channel;

    private SubmitLog(FileChannel channel) { this.channel = channel; }

    /** Appends to the file; null writes nothing. */
    static SubmitLog to(Path file) throws IOException {
        if (file == null) {
            return new SubmitLog(null);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        return new SubmitLog(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** All lines written so far. */
    public static List<Line> read(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).stream().map(Line::read).toList() : List.of();
    }

    /** Returns when the line is on disk. */
    synchronized void write(Line line) throws IOException {
        if (channel != null) {
            channel.write(ByteBuffer.wrap(line.written().getBytes(StandardCharsets.UTF_8)));
            channel.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
