import type { Business } from '../../money/business/business.ts';
import { minorInForce, policyOf } from '../../money/business/policies.ts';
import { clubEntry, clubSpend, clubSpendPer } from './policies.ts';
import type { Names } from './texts.ts';

/** What a member is called from a spend on, in minor units of the business currency. */
export interface Level {
  key: string;
  fromMinor: bigint;
  names: Names;
}

/** The highest level a spend reaches, by levels from the lowest up; null while there are none. */
export function levelOf(levels: readonly Level[], spendMinor: bigint): Level | null {
  return levels.findLast(({ fromMinor }) => fromMinor <= spendMinor) ?? levels[0] ?? null;
}

/** The next level up with what is missing to it; null on the highest. */
export function nextLevel(
  levels: readonly Level[],
  spendMinor: bigint,
): { level: Level; missingMinor: bigint } | null {
  const level = levels.slice(1).find(({ fromMinor }) => fromMinor > spendMinor);
  return level === undefined
    ? null
    : { level, missingMinor: level.fromMinor - (spendMinor > 0n ? spendMinor : 0n) };
}

/** When somebody of a spend may claim: the earliest window of their level and those below it; null for never. */
export function opensAtFor(
  windows: readonly { level: string; opensAt: number }[],
  levels: readonly Level[],
  spendMinor: bigint,
): number | null {
  const own = levelOf(levels, spendMinor);
  const reached = levels.filter(({ fromMinor }) => own !== null && fromMinor <= own.fromMinor);
  const opening = windows.filter(({ level }) => level === '' || reached.some(({ key }) => key === level));
  return opening.length === 0 ? null : Math.min(...opening.map(({ opensAt }) => opensAt));
}

/** The spend that opens the club, in minor units; null where it is not entered by spending. */
export function clubSpendOf(
  business: Business,
): { minor: bigint; currency: string; per: 'year' | 'lifetime'; entry: 'invite' | 'admit' } | null {
  const { currency } = business;
  const minor = minorInForce(business, clubSpend);
  if (currency === null || minor === null || minor === 0n) return null;
  return {
    minor,
    currency,
    per: policyOf(business, clubSpendPer),
    entry: policyOf(business, clubEntry),
  };
}
