import type { movementKinds } from '../../../db/kinds.ts';

export type MovementKind = (typeof movementKinds)[number];

/**
 * The figures that are told of movements, with the kinds each adds up: Today, the books, their files and the API say the same
 * by them. Credit by hand is a correction, and no reward that was given.
 */
export const movementGroups = [
  { name: 'given', kinds: ['earn', 'bonus'] },
  { name: 'taken_back', kinds: ['clawback', 'bonus_reversal'] },
  { name: 'redeemed', kinds: ['redeem', 'reversal'] },
  { name: 'expired', kinds: ['expire', 'unexpire'] },
  { name: 'corrected', kinds: ['adjust', 'forgive', 'moved'] },
] as const satisfies readonly { name: string; kinds: readonly MovementKind[] }[];
export type MovementGroup = (typeof movementGroups)[number]['name'];

/** The figure a kind is a part of; a kind of a later release is a correction. */
export function groupOf(kind: string): MovementGroup {
  return movementGroups.find(({ kinds }) => kinds.some((one) => one === kind))?.name ?? 'corrected';
}

/** What movements came to by figure, signed as in the ledger: all of them come to what balances grew by. */
export function sumByGroup(
  movements: readonly { kind: string; minor: bigint }[],
): Record<MovementGroup, bigint> {
  const sums = { given: 0n, taken_back: 0n, redeemed: 0n, expired: 0n, corrected: 0n };
  for (const { kind, minor } of movements) sums[groupOf(kind)] += minor;
  return sums;
}
