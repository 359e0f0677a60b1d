/**
 * Remembers in 4 MiB which texts came by (a Bloom filter of two bits each). It may take a new text for a known one,
 * about one in 70 after a million, but never a known one for new.
 */
export function openSeenKeys(): { add(key: string): boolean } {
  const bits = new Uint32Array(bitCount / 32);
  /** Whether the bit was set before. */
  const set = (position: number): boolean => {
    const word = position >>> 5;
    const mask = 1 << (position & 31);
    const before = bits[word] ?? 0;
    bits[word] = before | mask;
    return (before & mask) !== 0;
  };
  return {
    add(key) {
      const hash = fnv1a(key);
      const wasFirst = set(hash & (bitCount - 1));
      const wasSecond = set(Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) & (bitCount - 1));
      return wasFirst && wasSecond;
    },
  };
}

const bitCount = 2 ** 25;

/** FNV-1a over UTF-16 units, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
