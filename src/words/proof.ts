import type { ShownDifference } from '../../functions/desk/verify/proof/show-proof.ts';
import type { Messages } from '../locale.ts';

/** What differs, in the reader's language; null for what an earlier release found and kept as a text. */
export function whatWords(t: Messages, { is }: Pick<ShownDifference, 'is'>): string | null {
  if (is === null) return null;
  const named = { cause: '', currency: '', entry: '', key: '', line: '', order: '', rule: '', table: '' };
  return t[`proof_what_${is.code}`]({ ...named, ...is.of });
}

/** One side of a difference: amounts, names and times as they are, and words in the reader's language. */
export function sideWords(t: Messages, side: string): string {
  switch (side) {
    case 'nothing':
      return t.proof_value_nothing();
    case 'yes':
    case 'true':
      return t.proof_value_yes();
    case 'false':
      return t.proof_value_no();
    case 'readable':
      return t.proof_value_readable();
    default:
      return side;
  }
}
