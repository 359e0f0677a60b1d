import { isPng, readPng } from '../../../ground/pictures/png.ts';
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
  if (isPng(bytes)) {
    const flaw = pngFlaw(bytes);
    return flaw === null ? kept(Buffer.from(bytes).toString('base64'), 'png') : { ok: false, flaw };
  }
  const text = new TextDecoder('utf-8').decode(bytes).trim();
  if (!/^<(?:\?xml|svg|!--)/.test(text)) return { ok: false, flaw: 'unknown_type' };
  const flaw = text.includes('\ufffd') ? 'broken' : svgFlaw(text);
  return flaw === null ? kept(text, 'svg') : { ok: false, flaw };
}

function kept(content: string, type: 'svg' | 'png') {
  return { ok: true, logo: { name: `${hashOf(content).slice(0, 22)}.${type}`, content } } as const;
}

function pngFlaw(bytes: Uint8Array): 'broken' | 'too_many_pixels' | null {
  const png = readPng(bytes);
  if (png === null) return 'broken';
  return Math.max(png.width, png.height) > PIXELS_MAX ? 'too_many_pixels' : null;
}
