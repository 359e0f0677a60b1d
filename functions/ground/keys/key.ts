import { newToken } from '../platform/ids.ts';

/** By these letters a key is recognised where it should not be: in a repository, a log, a chat. */
export const keyPrefix = 'reg_';

/** How much of a key is kept in the clear, to recognise it in a list. */
const SHOWN_LENGTH = keyPrefix.length + 6;

/** A new key of 256 random bits. */
export function newKey(): string {
  return keyPrefix + newToken();
}

export function shownPart(key: string): string {
  return key.slice(0, SHOWN_LENGTH);
}
