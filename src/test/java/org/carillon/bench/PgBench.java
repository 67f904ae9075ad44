package org.carillon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL's own benchmark, where it is installed: a row like an event's, one insert per transaction, prepared. */
final class PgBench implements Workload {

    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final String SCRIPT = """
        \\set n random(1, 1000000)
        insert into bare_event (type, subject_type, subject_id, location_id, customer_id, at, actor, data)
        values ('ORDER_STATUS_CHANGED', 'ORDER', :n, 1, :n, now(), 'bench', '{"from": "S-49", "to": "S-1"}');
        """;

    private final String program;
    private final DurableDatabase database;
    private final int clients;
    private final int seconds;

    private PgBench(String program, DurableDatabase database, int clients, int seconds) {
        this.program = program;
        this.database = database;
        this.clients = clients;
        this.seconds = seconds;
    }

    /** Empty where it is not installed. */
    static Optional<PgBench> find(DurableDatabase database, int clients, int seconds) throws IOException {
        Path packaged = Path.of("/usr/lib/postgresql");
        try (Stream<Path> versions = Files.isDirectory(packaged) ? Files.list(packaged) : Stream.empty()) {
            return Stream.concat(Stream.of(System.getenv("PATH").split(":")).map(Path::of), versions.map(version -> version.resolve("bin"))).map(folder -> folder.resolve("pgbench"))
                .filter(Files::isExecutable).findFirst().map(found -> new PgBench(found.toString(), database, clients, seconds));
        }
    }

    @Override public String name() { return "pgbench, single rows"; }

    @Override public void prepare() {
        database.owner().useHandle(h -> h.createScript("""
            create table if not exists bare_event (id bigint generated always as identity primary key, type text not null, subject_type text not null, subject_id bigint not null,
              location_id bigint not null, customer_id bigint, at timestamptz not null, actor text not null, data jsonb not null);
            create index if not exists bare_event_by_subject on bare_event (subject_type, subject_id, id);
            create index if not exists bare_event_by_customer on bare_event (customer_id, id);""").execute());
    }

    @Override public double run() throws IOException, InterruptedException {
        Path script = Files.writeString(Path.of("target", "bench", "insert.sql"), SCRIPT);
        ProcessBuilder builder = new ProcessBuilder(program, "-n", "-M", "prepared", "-c", Integer.toString(clients), "-j", "2", "-T", Integer.toString(seconds), "-f", script.toString(),
            "-h", "127.0.0.1", "-p", Integer.toString(database.port()), "-U", "carillon", "carillon").redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", "carillon");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        Matcher tps = TPS.matcher(text);
        if (!process.waitFor(1, TimeUnit.MINUTES) || !tps.find()) {
            throw new IOException("pgbench: " + text);
        }
        return Double.parseDouble(tps.group(1));
    }
}
