import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import type { ExplanationLine } from './explain.ts';

/** One line in plain English for the API; amounts as `5.00 EUR`. */
export function explanationText(line: ExplanationLine, { currency }: { currency: string }): string {
  const exponent = currencyExponent(currency) ?? 0;
  const money = (name: string) => {
    const minor = line.params[name];
    return typeof minor === 'bigint' ? `${formatDecimal(minor, exponent)} ${currency}` : '';
  };
  const { percent = '', times = '', cause = '', returned = '' } = line.params;
  switch (line.code) {
    case 'every':
      return `${times} times ${money('back')}, one for each ${money('spend')} of ${money('total')} spent`;
    case 'step':
      return `Reward for reaching ${money('spend')} with ${money('total')} spent`;
    case 'whole_band':
      return `${percent} % of ${money('total')} spent`;
    case 'marginal_band':
      return `${percent} % of the ${money('width')} spent above ${money('from')}`;
    case 'already_paid':
      return returned === '' ? paidBefore(line.params.because) : `${paidBefore('return')} of ${returned}`;
    case 'orders_before':
      return `Less what the orders before had earned with ${money('total')} spent`;
    default:
      if (line.code === 'adjust' && isCarried(cause)) return carriedTexts[cause];
      return cause === '' ? plainTexts[line.code] : `${plainTexts[line.code]}: ${cause}`;
  }
}

function paidBefore(because: unknown): string {
  switch (because) {
    case 'merge':
      return 'Less what this rule had paid before two accounts were merged';
    case 'split':
      return 'Less what this rule had paid before two merged accounts were separated';
    case 'move':
      return 'Less what this rule had paid before the order went to another account';
    case 'return':
      return 'Less what this rule had paid before the return';
    default:
      return 'Less what this rule had paid before for the same period';
  }
}

/** What an entry says by which balance went over when two customers became one, or two again. */
const carriedTexts = {
  merge_in: 'Brought along from the account that was merged into this one',
  merge_spent: 'Spent before from what the orders of the merged account earned',
  merge_owed: 'Owed by the merged account, or spent there beyond what its orders earn here',
  merge_out: 'Brought along to the account this one was merged into',
  merge_cleared: 'Spent here before, and settled by the account this one was merged into',
  split_in: 'Brought back since the merge was undone',
  split_spent: 'Spent before from what these orders earned, while the merge stood or earlier',
  split_owed: 'Owed again since the merge was undone',
  split_out: 'Given back since the merge was undone',
  split_cleared: 'Settled by the other account since the merge was undone',
} as const;
export type CarriedCause = keyof typeof carriedTexts;

export function isCarried(cause: unknown): cause is CarriedCause {
  return typeof cause === 'string' && Object.hasOwn(carriedTexts, cause);
}

const plainTexts = {
  earn: 'Earned',
  clawback: 'Taken back after a return or a change to the order',
  redeem: 'Spent',
  reversal: 'Given back from a redemption that was undone',
  expire: 'Ended on its date',
  unexpire: 'Brought back so that a return takes what had ended, not money you have',
  bonus: 'Bonus',
  bonus_reversal: 'Bonus taken back',
  adjust: 'Corrected by the business',
  forgive: 'Debt after a return, forgiven',
} as const;
