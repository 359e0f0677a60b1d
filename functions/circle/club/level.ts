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

/** When who holds a level may claim: the earliest window of their level and those below it; null for never. */
export function opensAtFor(
  windows: readonly { level: string; opensAt: number }[],
  { levels, standing }: { levels: readonly Level[]; standing: { number: number } },
): number | null {
  const reached = levels.slice(0, standing.number);
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

/** Whether who stands at a level has what begins at `level`; null for all. What begins at a level that is gone nobody has. */
export function hasLevel(
  levels: readonly Pick<Level, 'key'>[],
  { level, number }: { level: string | null; number: number },
): boolean {
  if (level === null) return true;
  const from = levels.findIndex(({ key }) => key === level);
  return from !== -1 && from < number;
}
