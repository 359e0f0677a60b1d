import type { BooksPart } from '../../functions/desk/today/get-movements.ts';
import type { Messages } from '../locale.ts';

/** Kinds of entries as the books show them beside each other, in the sequence of their columns. */
export const movementColumns = [
  { name: 'given', kinds: ['earn', 'clawback', 'bonus', 'bonus_reversal'] },
  { name: 'redeemed', kinds: ['redeem', 'reversal'] },
  { name: 'expired', kinds: ['expire', 'unexpire'] },
  { name: 'corrected', kinds: ['adjust', 'forgive'] },
] as const;

export const columnWords = (name: (typeof movementColumns)[number]['name'], t: Messages): string =>
  t[`movements_${name}`]();

/** What entries of some kinds came to, signed. */
export function sumOfKinds({ movements }: BooksPart, kinds: readonly string[]): bigint {
  return movements.reduce((sum, { kind, minor }) => (kinds.includes(kind) ? sum + minor : sum), 0n);
}

const kindWords: Record<string, (t: Messages) => string> = {
  earn: (t) => t.entry_earn(),
  clawback: (t) => t.entry_clawback(),
  redeem: (t) => t.entry_redeem(),
  reversal: (t) => t.entry_reversal(),
  expire: (t) => t.entry_expire(),
  unexpire: (t) => t.entry_unexpire(),
  bonus: (t) => t.entry_bonus(),
  bonus_reversal: (t) => t.entry_bonus_reversal(),
  adjust: (t) => t.entry_adjust(),
  forgive: (t) => t.entry_forgive(),
};

/** What kind of entry it is; the bare name of a kind of a later release. */
export const movementWords = (kind: string, t: Messages): string => kindWords[kind]?.(t) ?? kind;
