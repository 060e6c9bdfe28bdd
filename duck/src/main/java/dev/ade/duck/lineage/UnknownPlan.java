package dev.ade.duck.lineage;

/// A part of a plan whose meaning is not known here. The lineage is then given by datasets.
final class UnknownPlan extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownPlan(String reason) {
        super(reason);
    }
}
