@NullMarked
package dev.ade.jinja;

import org.jspecify.annotations.NullMarked;
