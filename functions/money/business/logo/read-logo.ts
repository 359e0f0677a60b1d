import { hashOf } from '../../../ground/platform/ids.ts';
import { type SvgFlaw, svgFlaw } from './svg-flaw.ts';

export const LOGO_BYTES_MAX = 64 * 1024;
const PIXELS_MAX = 2048;

/** A picture as it is kept: its name is its address and changes with every byte. */
export interface KeptLogo {
  /** Such as `3q2-7w….svg`. */
  name: string;
  /** The text of an SVG, the bytes of a PNG in Base64. */
  content: string;
}

export type LogoFlaw = SvgFlaw | 'too_large' | 'unknown_type' | 'broken' | 'too_many_pixels';

/** Reads the bytes of a file; a picture that could do more than be looked at is refused. */
export function readLogo(bytes: Uint8Array): { ok: true; logo: KeptLogo } | { ok: false; flaw: LogoFlaw } {
  if (bytes.length > LOGO_BYTES_MAX) return { ok: false, flaw: 'too_large' };
  if (pngSignature.every((byte, index) => bytes[index] === byte)) {
    const flaw = pngFlaw(bytes);
    return flaw === null ? kept(Buffer.from(bytes).toString('base64'), 'png') : { ok: false, flaw };
  }
  const text = new TextDecoder('utf-8').decode(bytes).trim();
  if (!/^<(?:\?xml|svg|!--)/.test(text)) return { ok: false, flaw: 'unknown_type' };
  const flaw = text.includes('\ufffd') ? 'broken' : svgFlaw(text);
  return flaw === null ? kept(text, 'svg') : { ok: false, flaw };
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function kept(content: string, type: 'svg' | 'png') {
  return { ok: true, logo: { name: `${hashOf(content).slice(0, 22)}.${type}`, content } } as const;
}

/** Walks the chunks: the first tells the size, and nothing may follow the last. */
function pngFlaw(bytes: Uint8Array): 'broken' | 'too_many_pixels' | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const typeAt = (at: number) => String.fromCharCode(...bytes.subarray(at + 4, at + 8));
  if (bytes.length < 33 || typeAt(8) !== 'IHDR') return 'broken';
  if (Math.max(view.getUint32(16), view.getUint32(20)) > PIXELS_MAX) return 'too_many_pixels';
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (typeAt(at) === 'IEND') return end === bytes.length ? null : 'broken';
    at = end;
  }
  return 'broken';
}
