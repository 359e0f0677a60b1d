import type { MovementGroup } from '../../functions/desk/today/movement-kinds.ts';
import type { Messages } from '../locale.ts';

export const columnWords = (name: MovementGroup, t: Messages): string => t[`movements_${name}`]();

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
  moved: (t) => t.movements_moved(),
};

/** What kind of movement it is; the bare name of a kind of a later release. */
export const movementWords = (kind: string, t: Messages): string => kindWords[kind]?.(t) ?? kind;
