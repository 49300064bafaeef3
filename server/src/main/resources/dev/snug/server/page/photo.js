// A photo as it is sent: no larger than the model can use, and without camera and place data.
'use strict';
(() => {
  const SIDE_MAX = 2048;
  const QUALITY = 0.92;

  /** EXIF that says how the picture is turned and nothing else: an APP1 segment (Exif 2.3, 4.5). */
  const turned = orientation => new Uint8Array([
    0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8,
    0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);

  const orientationOf = (view, start, end) => {
    if (end - start < 14 || view.getUint32(start) !== 0x45786966) return 1;
    const tiff = start + 6;
    const little = view.getUint16(tiff) === 0x4949;
    const entries = tiff + view.getUint32(tiff + 4, little);
    if (entries + 2 > end) return 1;
    const count = view.getUint16(entries, little);
    for (let i = 0, at = entries + 2; i < count && at + 12 <= end; i++, at += 12) {
      if (view.getUint16(at, little) === 0x0112) return view.getUint16(at + 8, little);
    }
    return 1;
  };

  /** The parts of a JPEG without comments and application data; only the turn is kept. */
  const strippedJpeg = bytes => {
    const view = new DataView(bytes.buffer);
    const parts = [bytes.subarray(0, 2)];
    let at = 2;
    while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
      const marker = bytes[at + 1];
      const end = at + 2 + view.getUint16(at + 2);
      if (end > bytes.length) return null;
      const orientation = marker === 0xe1 ? orientationOf(view, at + 4, end) : 1;
      if (orientation > 1 && orientation <= 8) parts.push(turned(orientation));
      // APP0, APP2 and APP14 say how colours are meant
      const isColour = marker === 0xe0 || marker === 0xe2 || marker === 0xee;
      if (!(marker >= 0xe0 && marker <= 0xef || marker === 0xfe) || isColour) parts.push(bytes.subarray(at, end));
      at = end;
    }
    parts.push(bytes.subarray(at));
    return parts;
  };

  /** The chunks of a PNG that make its pixels. */
  const strippedPng = bytes => {
    const view = new DataView(bytes.buffer);
    const parts = [bytes.subarray(0, 8)];
    for (let at = 8; at + 12 <= bytes.length;) {
      const end = at + 12 + view.getUint32(at);
      const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
      if (end > bytes.length) return null;
      if (!['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME'].includes(type)) parts.push(bytes.subarray(at, end));
      at = end;
    }
    return parts;
  };

  const drawn = async (bitmap, width, height) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    return new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  };

  /** {blob, note}: what is sent for a file, and what was done to it; throws when it is no picture. */
  snug.preparePhoto = async file => {
    let bitmap;
    try {
      bitmap = await createImageBitmap(file);
    } catch {
      throw new snug.RequestError(0, 'unreadable', snug.text('js_all_unreadable'));
    }
    const {width, height} = bitmap;
    const scale = Math.min(1, SIDE_MAX / Math.max(width, height));
    if (scale < 1) {
      const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
      const blob = await drawn(bitmap, w, h);
      bitmap.close();
      return {blob, note: snug.text('js_all_scaled', width, height, w, h)};
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
    const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
    const parts = isJpeg ? strippedJpeg(bytes) : isPng ? strippedPng(bytes) : null;
    const type = isPng ? 'image/png' : 'image/jpeg';
    const blob = parts ? new Blob(parts, {type}) : await drawn(bitmap, width, height);
    bitmap.close();
    return {blob, note: snug.text('js_all_stripped')};
  };
})();
