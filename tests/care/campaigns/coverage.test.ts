import { describe, expect, test } from 'vitest';
import { effectOf, type SpendShare } from '../../../functions/care/campaigns/result/effect.ts';
import { isHeldBack } from '../../../functions/care/campaigns/sending/draw.ts';

const isSoak = process.env.SOAK === '1';
/** Enough to notice a wrong interval; the soak is what the promise is held to. */
const RUNS = isSoak ? 1000 : 200;
/** Three standard errors of the share covered, in so many runs. */
const CHANCE = isSoak ? 0 : 3 * Math.sqrt((0.95 * 0.05) / RUNS);

/** A generator of numbers from 0 to 1 (Mulberry32): the same histories each time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/**
 * What an account spends in a month, in minor units: how often it orders is its own (gamma over Poisson, two fifths order nothing),
 * and a basket is skewed (lognormal, around 30.00).
 */
function spendOf(random: () => number): number {
  const rate = -Math.log(1 - random()) * 0.8 - Math.log(1 - random()) * 0.8;
  const size = Math.exp(normal(random) * 0.3);
  let spend = 0;
  let wait = -Math.log(1 - random());
  while (wait < rate) {
    spend += Math.round(3000 * size * Math.exp(normal(random) * 0.5));
    wait -= Math.log(1 - random());
  }
  return spend;
}

/** The mean of what accounts spend, from many of them. */
const meanSpend = (() => {
  const random = randomOf(7);
  let sum = 0;
  for (let at = 0; at < 400_000; at += 1) sum += spendOf(random);
  return sum / 400_000;
})();

const nobody = (): SpendShare => ({ accounts: 0, sum: 0, sumOfSquares: 0 });
const add = (share: SpendShare, spend: number): SpendShare => ({
  accounts: share.accounts + 1,
  sum: share.sum + spend,
  sumOfSquares: share.sumOfSquares + spend ** 2,
});

/** How often the interval holds what was planted, of the runs that have one. */
function coverage({ accounts, percent, planted }: { accounts: number; percent: number; planted: number }) {
  const random = randomOf(accounts * 100 + planted);
  let [covered, told] = [0, 0];
  for (let run = 0; run < RUNS; run += 1) {
    let sides = { told: nobody(), held: nobody() };
    for (let at = 0; at < accounts; at += 1) {
      const asked = { campaignId: `${run}`, rootId: `${at}`, percent };
      const isHeld = isHeldBack('a secret', asked);
      const spend = spendOf(random) * (isHeld ? 1 : 1 + planted / 100);
      sides = isHeld
        ? { ...sides, held: add(sides.held, spend) }
        : { ...sides, told: add(sides.told, spend) };
    }
    const { state, estimate } = effectOf(sides.told, sides.held);
    if (sides.held.accounts < 10) expect(state).toBe('too_few');
    if (estimate === null) continue;
    told += 1;
    const truth = (meanSpend * planted) / 100;
    if (estimate.from <= truth && truth <= estimate.to) covered += 1;
  }
  return { covered: covered / told, told };
}

describe.each([
  { accounts: 30, percent: 50, least: 0.9, most: 1 },
  { accounts: 300, percent: 20, least: 0.93, most: 0.97 },
  { accounts: 3000, percent: 20, least: 0.93, most: 0.97 },
])('of $accounts accounts with $percent % held back', ({ accounts, percent, least, most }) => {
  test.each([0, 5, 20])('the interval holds a planted effect of %d % as often as it says', (planted) => {
    const { covered, told } = coverage({ accounts, percent, planted });

    expect(told).toBeGreaterThan(RUNS * 0.5);
    expect(covered).toBeGreaterThanOrEqual(least - CHANCE);
    expect(covered).toBeLessThanOrEqual(most + CHANCE);
  });
});
