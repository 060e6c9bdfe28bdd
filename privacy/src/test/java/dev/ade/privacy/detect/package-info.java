/// Tests of the detection of personal data.
@NullMarked
package dev.ade.privacy.detect;

import org.jspecify.annotations.NullMarked;
