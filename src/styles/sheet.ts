import { createHash } from 'node:crypto';
import { pagePolicy } from '../../functions/ground/http/headers.ts';
import { paletteCss } from '../../functions/ground/identity/palette.ts';
import { type Caches, cacheSlot } from '../../functions/ground/platform/caches.ts';
import desk from './desk.css?inline';
import parts from './sheet.css?inline';

/**
 * The style sheet of a business, inlined in every page, what the console has beside it, and the policy that allows these
 * alone, by their hashes.
 */
export interface PageSheet {
  text: string;
  desk: string;
  policy: string;
}

const newest = cacheSlot<PageSheet>();

/** Made once for each accent. */
export function sheetOf(cache: Caches, accent: string): PageSheet {
  const kept = newest.at(cache, accent);
  if (kept !== null) return kept;
  const text = `${paletteCss(accent)}${parts}`.trim();
  const ofDesk = desk.trim();
  const sheet = { text, desk: ofDesk, policy: pagePolicy([text, ofDesk].map(hashOf)) };
  newest.keep(cache, { stamp: accent, value: sheet });
  return sheet;
}

const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
