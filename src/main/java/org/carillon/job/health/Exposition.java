package org.carillon.job.health;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * {@code /metrics} in the text format that Prometheus reads: our own gauges and the little of the Java machine that an operator looks at. The
 * server's own page stands behind it and fails over the name of the application's connection pool (Payara 6.2025.10).
 */
@WebServlet(urlPatterns = "/metrics")
public class Exposition extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient MetricRegistry registry;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain; version=0.0.4; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        PrintWriter out = response.getWriter();
        String family = "";
        for (var entry : registry.getGauges((id, metric) -> id.getName().startsWith("carillon_")).entrySet()) {
            if (!entry.getKey().getName().equals(family)) {
                family = entry.getKey().getName();
                head(out, family, registry.getMetadata(family).getDescription());
            }
            out.println(family + "{" + entry.getKey().getTags().entrySet().stream().map(tag -> tag.getKey() + "=\"" + tag.getValue() + "\"")
                .collect(Collectors.joining(",")) + "} " + entry.getValue().getValue());
        }
        machine(out);
    }

    private static void machine(PrintWriter out) {
        var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        single(out, "jvm_heap_used_bytes", "Heap in use", memory.getUsed());
        single(out, "jvm_heap_max_bytes", "Heap at most", memory.getMax());
        single(out, "jvm_threads", "Threads alive", ManagementFactory.getThreadMXBean().getThreadCount());
        single(out, "jvm_uptime_seconds", "Since the process began", ManagementFactory.getRuntimeMXBean().getUptime() / 1_000.0);
    }

    private static void single(PrintWriter out, String name, String help, Number value) {
        head(out, name, help);
        out.println(name + " " + value);
    }

    private static void head(PrintWriter out, String name, String help) {
        out.println("# HELP " + name + " " + help);
        out.println("# TYPE " + name + " gauge");
    }
}
