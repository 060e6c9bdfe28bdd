package dev.ade.run;

import dev.ade.model.CheckSpec.FailureStorage;
import dev.ade.spi.Resource;
import java.util.Set;

/// How a request goes about what is selected.
///
/// @param types of resources that are meant; none means all
/// @param onFailure what becomes of the steps that a failure does not touch
/// @param failures `STORED`: failing rows of every check are kept, whatever the check says
public record Conduct(Set<Resource.Type> types, OnFailure onFailure, FailureStorage failures) {
    public static final Conduct PLAIN = new Conduct(Set.of(), OnFailure.GO_ON, FailureStorage.NONE);

    public Conduct {
        types = Set.copyOf(types);
    }

    public enum OnFailure {
        GO_ON,
        /// Nothing new is begun; what runs already ends as it would.
        BEGIN_NOTHING
    }

    public boolean means(Resource.Type type) {
        return types.isEmpty() || types.contains(type);
    }
}
