package dev.ade.store.rest;

import dev.ade.model.MavenCoordinate;
import dev.ade.spi.Libraries;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.iceberg.IcebergBuild;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.jspecify.annotations.Nullable;

/// Opens files of S3 by Iceberg's own client and Amazon's. These do not come with ADE, as they are half as large as all of
/// it: they are fetched when a table first lies there. Thread-safe.
final class ObjectStore {
    private static final String CLIENT = "org.apache.iceberg.aws.s3.S3FileIO";

    /// Later ones name a module that was never published.
    private static final String AMAZON = "2.56.0";

    /// Iceberg's client does not start without the key service's.
    private static final List<MavenCoordinate> LIBRARIES =
            Stream.of(
                            "org.apache.iceberg:iceberg-aws:" + IcebergBuild.version(),
                            "software.amazon.awssdk:s3:" + AMAZON,
                            "software.amazon.awssdk:sts:" + AMAZON,
                            "software.amazon.awssdk:kms:" + AMAZON,
                            "software.amazon.awssdk:url-connection-client:" + AMAZON)
                    .map(MavenCoordinate::of)
                    .toList();

    private final Supplier<Libraries> libraries;
    private @Nullable ClassLoader loader;

    ObjectStore(Supplier<Libraries> libraries) {
        this.libraries = libraries;
    }

    /// @param properties as Iceberg's client takes them; may hold secrets
    FileIO open(Map<String, String> properties) {
        return within(clients -> {
            FileIO files =
                    clients.loadClass(CLIENT)
                            .asSubclass(FileIO.class)
                            .getDeclaredConstructor()
                            .newInstance();
            files.initialize(properties);
            return files;
        });
    }

    /// A file of what was opened.
    InputFile file(FileIO files, String location, OptionalLong length) {
        return within(_ ->
                length.isPresent()
                        ? files.newInputFile(location, length.getAsLong())
                        : files.newInputFile(location));
    }

    /// Something that makes parts of the client: Iceberg looks for them where the thread does.
    private interface Making<T> {
        T make(ClassLoader clients) throws ReflectiveOperationException;
    }

    private <T> T within(Making<T> making) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader clients = loader();
        thread.setContextClassLoader(clients);
        try {
            return making.make(clients);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Iceberg's client of S3 is another one", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private synchronized ClassLoader loader() {
        if (loader == null) {
            loader = libraries.get().loader(LIBRARIES, ObjectStore.class.getClassLoader());
        }
        return loader;
    }
}
