import type { Band, Scheme } from './types.ts';

/** One summand of an entitlement, in minor units; the amounts of all parts add up to it exactly. */
export type EntitlementPart =
  | { kind: 'every'; times: bigint; spend: bigint; back: bigint; amount: bigint }
  | { kind: 'step'; spend: bigint; amount: bigint }
  | { kind: 'whole_band'; from: bigint; bps: number; spend: bigint; amount: bigint }
  | { kind: 'marginal_band'; from: bigint; to: bigint | null; bps: number; width: bigint; amount: bigint };

/** The next spend at which the scheme pays more, what is missing to it, and by how much the entitlement grows there. */
export interface NextTarget {
  spend: bigint;
  missing: bigint;
  pays: bigint;
}

/** What the scheme owes for a spend: never falls as the spend grows, rounds down once, a negative spend counts as 0. */
export function entitlement(scheme: Scheme, spend: bigint): bigint {
  if (spend <= 0n) return 0n;
  switch (scheme.kind) {
    case 'every':
      return (spend / scheme.spend) * scheme.back;
    case 'steps':
      return stepsReached(scheme.targets, spend);
    case 'bands':
      return scheme.mode === 'whole'
        ? (spend * BigInt(bandAt(scheme.bands, spend)?.bps ?? 0)) / bpsOfWhole
        : marginalProduct(scheme.bands, spend) / bpsOfWhole;
  }
}

/** The same figure in its parts. Bands that pay by width are cut off cumulatively, so that the sum is exact. */
export function explainEntitlement(scheme: Scheme, spend: bigint): EntitlementPart[] {
  if (spend <= 0n) return [];
  switch (scheme.kind) {
    case 'every': {
      const times = spend / scheme.spend;
      if (times === 0n) return [];
      return [{ kind: 'every', times, spend: scheme.spend, back: scheme.back, amount: times * scheme.back }];
    }
    case 'steps':
      return scheme.targets
        .filter((target) => target.spend <= spend)
        .map((target) => ({ kind: 'step', spend: target.spend, amount: target.back }));
    case 'bands':
      return scheme.mode === 'whole'
        ? explainWhole(scheme.bands, spend)
        : explainMarginal(scheme.bands, spend);
  }
}

/** Null when no higher target is left. For bands, the next start at which the per cent changes. */
export function nextTarget(scheme: Scheme, spend: bigint): NextTarget | null {
  const now = spend < 0n ? 0n : spend;
  const target = nextTargetSpend(scheme, now);
  if (target === null) return null;
  return {
    spend: target,
    missing: target - now,
    pays: entitlement(scheme, target) - entitlement(scheme, now),
  };
}

/** The highest target at or below a spend: where the way to the next one began; 0 before the first. */
export function reachedTarget(scheme: Scheme, spend: bigint): bigint {
  if (spend <= 0n) return 0n;
  switch (scheme.kind) {
    case 'every':
      return (spend / scheme.spend) * scheme.spend;
    case 'steps':
      return scheme.targets.findLast((target) => target.spend <= spend)?.spend ?? 0n;
    case 'bands':
      return bandAt(scheme.bands, spend)?.from ?? 0n;
  }
}

const bpsOfWhole = 10_000n;

function stepsReached(targets: { spend: bigint; back: bigint }[], spend: bigint): bigint {
  let sum = 0n;
  for (const target of targets) if (target.spend <= spend) sum += target.back;
  return sum;
}

function bandAt(bands: Band[], spend: bigint): Band | undefined {
  return bands.findLast((band) => band.from <= spend);
}

function marginalProduct(bands: Band[], spend: bigint): bigint {
  let product = 0n;
  bands.forEach((band, index) => {
    product += widthWithin(band, bands[index + 1], spend) * BigInt(band.bps);
  });
  return product;
}

function widthWithin(band: Band, next: Band | undefined, spend: bigint): bigint {
  const end = next === undefined || spend < next.from ? spend : next.from;
  return end > band.from ? end - band.from : 0n;
}

function explainWhole(bands: Band[], spend: bigint): EntitlementPart[] {
  const band = bandAt(bands, spend);
  if (band === undefined) return [];
  const amount = (spend * BigInt(band.bps)) / bpsOfWhole;
  return [{ kind: 'whole_band', from: band.from, bps: band.bps, spend, amount }];
}

function explainMarginal(bands: Band[], spend: bigint): EntitlementPart[] {
  let product = 0n;
  return bands.flatMap((band, index) => {
    const next = bands[index + 1];
    const width = widthWithin(band, next, spend);
    if (width === 0n) return [];
    const before = product / bpsOfWhole;
    product += width * BigInt(band.bps);
    const amount = product / bpsOfWhole - before;
    return [{ kind: 'marginal_band', from: band.from, to: next?.from ?? null, bps: band.bps, width, amount }];
  });
}

function nextTargetSpend(scheme: Scheme, spend: bigint): bigint | null {
  switch (scheme.kind) {
    case 'every':
      return (spend / scheme.spend + 1n) * scheme.spend;
    case 'steps':
      return scheme.targets.find((target) => target.spend > spend)?.spend ?? null;
    case 'bands': {
      const bps = bandAt(scheme.bands, spend)?.bps ?? 0;
      return scheme.bands.find((band) => band.from > spend && band.bps !== bps)?.from ?? null;
    }
  }
}
