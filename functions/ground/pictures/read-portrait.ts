import { hashOf } from '../platform/ids.ts';
import { isJpeg, readJpeg } from './jpeg.ts';
import { isPng, pngSignature, readPng } from './png.ts';

export const PORTRAIT_BYTES_MAX = 128 * 1024;
export const PORTRAIT_PIXELS_MAX = 2048;

/** A picture as it is kept: its name is its address and changes with every byte. */
export interface Portrait {
  /** Such as `3q2-7w….jpg`. */
  name: string;
  /** Base64. */
  content: string;
}

export type PortraitFlaw = 'too_large' | 'unknown_type' | 'broken' | 'too_many_pixels';

/** Chunks that a PNG is drawn by; all others may tell where, when and by whom it was made. */
const drawnBy: readonly string[] = [
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS'],
  ...['gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'pHYs'],
];

/** Reads a JPEG or PNG, told by its first bytes; of what it says beside the picture nothing is kept. */
export function readPortrait(
  bytes: Uint8Array,
  { bytesMax = PORTRAIT_BYTES_MAX } = {},
): { ok: true; portrait: Portrait } | { ok: false; flaw: PortraitFlaw } {
  if (bytes.length > bytesMax) return { ok: false, flaw: 'too_large' };
  const type = isPng(bytes) ? 'png' : isJpeg(bytes) ? 'jpg' : null;
  if (type === null) return { ok: false, flaw: 'unknown_type' };
  const clean = type === 'png' ? cleanPng(bytes) : readJpeg(bytes);
  if (clean === null) return { ok: false, flaw: 'broken' };
  const pixels = Math.max(clean.width, clean.height);
  if (pixels > PORTRAIT_PIXELS_MAX) return { ok: false, flaw: 'too_many_pixels' };
  const content = Buffer.from(clean.bytes).toString('base64');
  return { ok: true, portrait: { name: `${hashOf(content).slice(0, 22)}.${type}`, content } };
}

function cleanPng(bytes: Uint8Array) {
  const png = readPng(bytes);
  if (png === null) return null;
  const chunks = png.chunks.filter(({ type }) => drawnBy.includes(type));
  const parts = [Uint8Array.from(pngSignature), ...chunks.map((chunk) => chunk.bytes)];
  return { width: png.width, height: png.height, bytes: Buffer.concat(parts) };
}
