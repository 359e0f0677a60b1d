import { mulberry32 } from '../../ground/platform/mulberry.ts';

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

export function createRandom(seed: number): Random {
  const next = mulberry32(seed);
  const whole = (below: number) => next() % below;
  return {
    whole,
    between: (from, to) => from + whole(to - from + 1),
    chance: (percent) => next() % 10_000 < percent * 100,
    pick: (items) => items[whole(items.length)] ?? items[0],
  };
}
