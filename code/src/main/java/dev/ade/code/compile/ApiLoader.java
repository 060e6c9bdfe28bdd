package dev.ade.code.compile;

import dev.ade.code.JavaModel;
import java.util.List;

/// What code of a project sees of ADE: its interfaces, and Arrow. A library of the project's is the one that it names,
/// even where ADE has another version of it for itself.
final class ApiLoader extends ClassLoader {
    private static final List<String> SEEN = List.of("dev.ade.code.", "org.apache.arrow.");

    private final ClassLoader ade = JavaModel.class.getClassLoader();

    ApiLoader() {
        super("ade", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (SEEN.stream().anyMatch(name::startsWith)) {
            return ade.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
