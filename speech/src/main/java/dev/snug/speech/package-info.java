/** Text to sound with F5-TTS models. The stages stand here; no command uses them yet. */
@NullMarked
package dev.snug.speech;

import org.jspecify.annotations.NullMarked;
