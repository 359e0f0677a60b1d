/** So many are drawn by chance for each one that a list newly names, and from a page of accounts at the most. */
export const DRAWN_EACH = 3;
const DRAWN_MOST = 30;

/** Some of the comparable ones, the same whenever it is drawn again on that day. */
export function drawSome<One>(all: readonly One[], count: number, keyOf: (one: One) => string): One[] {
  return all
    .map((one) => ({ one, rank: hashOf(keyOf(one)) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, Math.min(count, DRAWN_MOST))
    .map(({ one }) => one);
}

/** FNV-1a with a last mixing, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
