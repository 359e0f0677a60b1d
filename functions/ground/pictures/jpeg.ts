export interface CleanJpeg {
  width: number;
  height: number;
  /** What is drawn, its colours and which side is up: nothing of where, when, by whom or with what it was taken. */
  bytes: Uint8Array;
}

const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda];
/** Baseline, extended and progressive: what browsers draw (ITU-T T.81, table B.1). */
const frames: readonly number[] = [0xc0, 0xc1, 0xc2];
/** Tables that drawing needs: DHT, DAC, DQT, DRI. */
const tables: readonly number[] = [0xc4, 0xcc, 0xdb, 0xdd];
const [JFIF, EXIF, COLOURS, ADOBE] = [0xe0, 0xe1, 0xe2, 0xee];

export const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === SOI;

/** Reads one picture, up to its end: what cameras put behind it is left out. Null for a file that is broken. */
export function readJpeg(bytes: Uint8Array): CleanJpeg | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  let hasScan = false;
  let at = 2;
  while (at + 2 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) {
      if (size === null || !hasScan) return null;
      return { ...size, bytes: joined([...parts, Uint8Array.of(0xff, EOI)]) };
    }
    if (at + 4 > bytes.length) return null;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length || end < at + 4) return null;
    const part = bytes.subarray(at, end);
    if (frames.includes(marker)) {
      if (size !== null || part.length < 10) return null;
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    const kept = keptOf(marker, part);
    if (kept === null) return null;
    parts.push(kept);
    at = marker === SOS ? endOfScan(bytes, end) : end;
    if (marker === SOS) {
      hasScan = true;
      parts.push(bytes.subarray(end, at));
    }
  }
  return null;
}

/** What stays of a part, which may be nothing; null where no browser would draw it. */
function keptOf(marker: number, part: Uint8Array): Uint8Array | null {
  const nothing = part.subarray(0, 0);
  if (frames.includes(marker) || tables.includes(marker) || marker === SOS) return part;
  if (marker === EXIF) return orientationPart(part) ?? nothing;
  if (marker === JFIF && startsWith(part, 'JFIF\0')) return part;
  if (marker === COLOURS && startsWith(part, 'ICC_PROFILE\0')) return part;
  if (marker === ADOBE && startsWith(part, 'Adobe')) return part;
  const isApplication = marker >= 0xe0 && marker <= 0xef;
  return isApplication || marker === 0xfe ? nothing : null;
}

/** Where the drawn data ends: at the first marker that is no restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
    at += 1;
  }
  return bytes.length;
}

/** A part of Exif that says which side is up and nothing else; null where the part says nothing of it. */
function orientationPart(part: Uint8Array): Uint8Array | null {
  if (!startsWith(part, 'Exif\0\0') || part.length < 20) return null;
  const tiff = new DataView(part.buffer, part.byteOffset + 10, part.byteLength - 10);
  const isLittle = tiff.getUint16(0) === 0x4949;
  const list = tiff.getUint32(4, isLittle);
  if (list + 2 > tiff.byteLength) return null;
  const count = tiff.getUint16(list, isLittle);
  for (let index = 0; index < count; index += 1) {
    const entry = list + 2 + index * 12;
    if (entry + 12 > tiff.byteLength) return null;
    if (tiff.getUint16(entry, isLittle) !== 0x0112) continue;
    const side = tiff.getUint16(entry + 8, isLittle);
    if (side < 1 || side > 8) return null;
    const head = [0xff, EXIF, 0, 34, ...letters('Exif\0\0')];
    const body = [
      0x4d,
      0x4d,
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      side,
      0,
      0,
      0,
      0,
      0,
      0,
    ];
    return Uint8Array.from([...head, ...body]);
  }
  return null;
}

const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

/** Behind the marker and the length. */
const startsWith = (part: Uint8Array, text: string) =>
  letters(text).every((letter, index) => part[index + 4] === letter);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
