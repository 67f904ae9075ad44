package org.carillon.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of the machine that something is measured beside. */
final class Tool {

    private Tool() { }

    /** On the path or where Debian keeps servers. */
    static Optional<Path> find(String name) {
        return Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
            .map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst();
    }
}
