// Sound that is played while it comes, and kept to be saved: 16-bit little endian, mono, 24 kHz.
'use strict';
(() => {
  const RATE = 24000;
  const AHEAD_SECONDS = 0.15; // silence before the first part, so that the second one is in time
  const PART_BYTES = RATE / 5 * 2; // fifths of a second: fewer parts to keep in order

  /** Plays parts one after another without a gap. To be made within a click. */
  snug.Player = class {
    constructor() {
      this.context = new AudioContext({sampleRate: RATE});
      this.parts = [];
      this.bytes = 0;
      this.left = new Uint8Array(0);
      this.end = 0;
    }

    /** Takes the next bytes, cut anywhere. */
    take(bytes) {
      this.parts.push(bytes);
      this.bytes += bytes.length;
      const all = new Uint8Array(this.left.length + bytes.length);
      all.set(this.left);
      all.set(bytes, this.left.length);
      if (all.length < PART_BYTES) {
        this.left = all;
        return;
      }
      this.left = all.slice(all.length & ~1);
      this.#play(all, all.length >> 1);
    }

    /** Plays what is left over. */
    finish() {
      this.#play(this.left, this.left.length >> 1);
      this.left = new Uint8Array(0);
    }

    #play(bytes, samples) {
      if (samples === 0) return;
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const buffer = this.context.createBuffer(1, samples, RATE);
      const channel = buffer.getChannelData(0);
      for (let i = 0; i < samples; i++) channel[i] = view.getInt16(2 * i, true) / 32768;
      const source = this.context.createBufferSource();
      source.buffer = buffer;
      source.connect(this.context.destination);
      if (this.end === 0) this.begin = this.end = this.context.currentTime + AHEAD_SECONDS;
      // a part that comes late begins at once, and the ones after it follow
      this.end = Math.max(this.end, this.context.currentTime);
      source.start(this.end);
      this.end += buffer.duration;
    }

    /** Seconds that came. */
    get seconds() { return this.bytes / 2 / RATE; }

    /** Seconds that were heard, at most. */
    get heard() {
      const since = this.end === 0 ? 0 : this.context.currentTime - this.begin;
      return Math.max(0, Math.min(this.seconds, since));
    }

    /** Silence at once. */
    stop() { if (this.context.state !== 'closed') this.context.close(); }

    /** Everything that came, as a WAV file. */
    wav() {
      const head = new DataView(new ArrayBuffer(44));
      const bytes = this.bytes & ~1;
      const word = (at, letters) => [...letters].forEach((c, i) => head.setUint8(at + i, c.charCodeAt(0)));
      word(0, 'RIFF'); head.setUint32(4, 36 + bytes, true); word(8, 'WAVEfmt ');
      head.setUint32(16, 16, true); head.setUint16(20, 1, true); head.setUint16(22, 1, true);
      head.setUint32(24, RATE, true); head.setUint32(28, 2 * RATE, true);
      head.setUint16(32, 2, true); head.setUint16(34, 16, true);
      word(36, 'data'); head.setUint32(40, bytes, true);
      return new Blob([head, ...this.parts], {type: 'audio/wav'}).slice(0, 44 + bytes, 'audio/wav');
    }
  };
})();
