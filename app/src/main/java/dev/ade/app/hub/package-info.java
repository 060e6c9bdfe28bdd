/// Packages from a dbt package hub. It asks the hub which versions there are, finds those that go together, and unpacks
/// them. Nothing here knows where a hub is, nor what a package means.
@NullMarked
package dev.ade.app.hub;

import org.jspecify.annotations.NullMarked;
