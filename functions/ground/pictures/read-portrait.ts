import { hashOf } from '../platform/ids.ts';
import { cleanPicture } from './clean-picture.ts';

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

/** Reads a JPEG or PNG, told by its first bytes; of what it says beside the picture nothing is kept. */
export function readPortrait(
  bytes: Uint8Array,
  { bytesMax = PORTRAIT_BYTES_MAX } = {},
): { ok: true; portrait: Portrait } | { ok: false; flaw: PortraitFlaw } {
  if (bytes.length > bytesMax) return { ok: false, flaw: 'too_large' };
  const clean = cleanPicture(bytes);
  if (typeof clean === 'string') return { ok: false, flaw: clean };
  const pixels = Math.max(clean.width, clean.height);
  if (pixels > PORTRAIT_PIXELS_MAX) return { ok: false, flaw: 'too_many_pixels' };
  const content = Buffer.from(clean.bytes).toString('base64');
  return { ok: true, portrait: { name: `${hashOf(content).slice(0, 22)}.${clean.type}`, content } };
}
