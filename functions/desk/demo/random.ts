/** Chance that comes out the same every time: the demo looks alike on every machine. */
export interface Random {
  /** From 0 to `below` − 1. */
  whole: (below: number) => number;
  /** From `from` to `to`, both included. */
  between: (from: number, to: number) => number;
  /** True in `percent` of a hundred cases. */
  chance: (percent: number) => boolean;
  pick: <Items extends readonly [unknown, ...unknown[]]>(items: Items) => Items[number];
}

/** Mulberry32, a generator of 32 bits (Tommy Ettinger, public domain). */
export function createRandom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const whole = (below: number) => next() % below;
  return {
    whole,
    between: (from, to) => from + whole(to - from + 1),
    chance: (percent) => next() % 10_000 < percent * 100,
    pick: (items) => items[whole(items.length)] ?? items[0],
  };
}
