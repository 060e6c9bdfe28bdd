/// Tests of the privacy module, with real keys, files and the real engine.
@NullMarked
package dev.ade.privacy;

import org.jspecify.annotations.NullMarked;
