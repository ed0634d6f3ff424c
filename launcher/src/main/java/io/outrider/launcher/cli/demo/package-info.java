/** The demonstration: the library's main job on real readings, each answer checked. */
@NullMarked
package io.outrider.launcher.cli.demo;

import org.jspecify.annotations.NullMarked;
