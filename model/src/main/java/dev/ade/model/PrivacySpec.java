package dev.ade.model;

import java.util.Optional;

/// What a project declares about the privacy of one column.
///
/// @param dataClass what kind of personal data it is (`email`, `name`, `phone`, …), if said
/// @param treatment what to do with it; where only the class is said, the policy of the project decides
public record PrivacySpec(Optional<String> dataClass, Optional<Treatment> treatment) {}
