/// What was worked out of a project's files and may be used again: a file of hashes and values that is never missed.
/// Nothing here knows what the values mean, and nothing here throws: a cache that cannot be read is empty, one that cannot
/// be written is left alone. Start with `ContentCache`.
@NullMarked
package dev.ade.project.cache;

import org.jspecify.annotations.NullMarked;
