import type { Caches } from '../../../ground/platform/caches.ts';
import { type Piece, readMarkdown } from './markdown.ts';

/** So many texts are kept in a process, each of 20,000 characters at the most; that which was asked for longest ago goes first. */
const TEXTS_MAX = 200;

/** By the text itself, so that what is kept is never of another version; gone with the caches. */
const kept = new WeakMap<Caches, Map<string, readonly Piece[]>>();

/** The pieces of a text, which is taken apart once for all who read it. */
export function piecesOf(cache: Caches, text: string): readonly Piece[] {
  const texts = kept.get(cache) ?? new Map<string, readonly Piece[]>();
  kept.set(cache, texts);
  const pieces = texts.get(text) ?? readMarkdown(text);
  texts.delete(text);
  texts.set(text, pieces);
  const [oldest] = texts.keys();
  if (texts.size > TEXTS_MAX && oldest !== undefined) texts.delete(oldest);
  return pieces;
}
