package dev.ade.run;

import dev.ade.model.CheckSpec;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The checks of a project by the dataset that they are about: a project may have thousands of both.
record DatasetChecks(Map<TableName, List<CheckSpec>> byDataset) {
    static DatasetChecks of(Project project) {
        return new DatasetChecks(
                project.checks().stream().collect(Collectors.groupingBy(CheckSpec::dataset)));
    }

    List<CheckSpec> of(TableName dataset) {
        return byDataset.getOrDefault(dataset, List.of());
    }
}
