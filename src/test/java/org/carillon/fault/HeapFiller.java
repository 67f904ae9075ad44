package org.carillon.fault;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Takes the whole heap of another JVM, as a leak would: an agent that is loaded into the running process. */
public final class HeapFiller {

    private static final int PIECE = 1 << 20;

    private HeapFiller() { }

    /** In the other JVM. Returns at once, so that whoever attached is answered. */
    public static void agentmain(String arguments) {
        Thread thread = new Thread(HeapFiller::fill, "heap-filler");
        thread.setDaemon(true);
        thread.start();
    }

    private static void fill() {
        List<byte[]> kept = new ArrayList<>();
        for (int piece = PIECE; piece > 0; ) {
            try {
                kept.add(new byte[piece]);
            } catch (OutOfMemoryError e) {
                piece /= 2;  // a JVM that is told to end by this never comes here
            }
        }
    }

    /** @return false where the process was gone or too young to be spoken to */
    static boolean into(long process, Path folder) throws IOException {
        Path jar = folder.resolve("heap-filler.jar").toAbsolutePath();
        if (!Files.exists(jar)) {
            pack(jar);
        }
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process));
            try {
                machine.loadAgent(jar.toString());
            } finally {
                machine.detach();
            }
            return true;
        } catch (AttachNotSupportedException | IOException | com.sun.tools.attach.AgentLoadException | com.sun.tools.attach.AgentInitializationException e) {
            return false;
        }
    }

    private static void pack(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", HeapFiller.class.getName());
        String name = HeapFiller.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream archive = new JarOutputStream(out, manifest); InputStream code = HeapFiller.class.getClassLoader().getResourceAsStream(name)) {
            archive.putNextEntry(new JarEntry(name));
            code.transferTo(archive);
        }
    }
}
