/**
 * The archive of VietVoice-TTS: {@link dev.snug.speech.vietvoice.ArchiveImport} makes a bundle of
 * it, {@link dev.snug.speech.vietvoice.ArchiveNetworks} runs that bundle.
 */
@NullMarked
package dev.snug.speech.vietvoice;

import org.jspecify.annotations.NullMarked;
