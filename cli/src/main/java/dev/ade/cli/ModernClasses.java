package dev.ade.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Gives the classes of a jar the format of Java 8 where theirs is that of Java 5. The JVM keeps no such old ones in
/// its cache, and verifies them the slow way: of picocli's that took a tenth of a second a start. What they do stays
/// the same. Only the launcher's build starts it.
final class ModernClasses {
    private static final int JAVA_6 = 50;
    private static final int MAJOR_AT = 7;

    private ModernClasses() {}

    /// @param arguments the jar
    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        byte[] before = Files.readAllBytes(jar);
        ByteArrayOutputStream after = new ByteArrayOutputStream(before.length * 2);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(after)) {
            ClassFile format = format(loader);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                store(out, entry, isOld(entry, content) ? modern(format, content) : content);
            }
        }
        Files.write(jar, after.toByteArray());
    }

    private static ClassFile format(ClassLoader loader) {
        return ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(
                        ClassHierarchyResolver.ofResourceParsing(loader)
                                .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    private static boolean isOld(ZipEntry entry, byte[] content) {
        return entry.getName().endsWith(".class") && content[MAJOR_AT] < JAVA_6;
    }

    private static byte[] modern(ClassFile format, byte[] content) {
        return format.transformClass(
                format.parse(content),
                ClassTransform.endHandler(to -> to.withVersion(ClassFile.JAVA_8_VERSION, 0))
                        .andThen(
                                ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }

    /// Uncompressed, as reading it is what costs.
    private static void store(ZipOutputStream out, ZipEntry entry, byte[] content)
            throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setTime(entry.getTime());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(content.length);
        stored.setCrc(sum.getValue());
        out.putNextEntry(stored);
        out.write(content);
        out.closeEntry();
    }
}
