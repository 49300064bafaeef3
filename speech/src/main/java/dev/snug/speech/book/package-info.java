/**
 * Speaking books: chapter by chapter in constant memory, kept on the disk chunk by chunk so that
 * another process goes on where one was ended.
 */
@NullMarked
package dev.snug.speech.book;

import org.jspecify.annotations.NullMarked;
