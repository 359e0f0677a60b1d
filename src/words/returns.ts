import type { KeptReason, ReturnableLine } from '../../functions/care/returns/eligibility.ts';
import { type ReturnReason, returnReasons } from '../../functions/care/returns/reasons.ts';
import type { ReturnState } from '../../functions/care/returns/state.ts';
import type { ReturnOutcome } from '../../functions/care/returns/terms.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';
import type { Tone } from './status.ts';

/** Why somebody gives something back; the name of a reason that a later release wrote. */
export function returnReasonWords(reason: string, t: Messages): string {
  const known = returnReasons.find((one) => one === reason);
  return known === undefined ? reason : reasonWords(known, t);
}

const reasonWords = (reason: ReturnReason, t: Messages) => t[`returns_why_${reason}`]();

export const reasonChoices = (t: Messages) =>
  returnReasons.map((value) => ({ value, text: reasonWords(value, t) }));

/** Why a line cannot go back. */
export function notBackWords(
  { reason, until }: { reason: KeptReason; until: ReturnableLine['until'] },
  t: Messages,
  { date }: Formats,
): string {
  if (reason === 'too_late') return t.returns_kept_too_late({ date: until === null ? '' : date(until) });
  return t[`returns_kept_${reason}`]();
}

export const returnStateWords = (state: ReturnState, t: Messages) => t[`returns_state_${state}`]();

const tones: Record<ReturnState, Tone> = {
  requested: 'moving',
  approved: 'moving',
  received: 'moving',
  settled: 'good',
  refused: 'bad',
  withdrawn: 'back',
};

export const returnTone = (state: ReturnState) => tones[state];

/** What a customer may choose, with the bonus where credit has one. */
export function outcomeWords(outcome: ReturnOutcome, t: Messages, creditBonus = '0'): string {
  if (outcome === 'credit' && Number(creditBonus) > 0)
    return t.returns_outcome_credit_bonus({ percent: `${creditBonus} %` });
  return t[`returns_outcome_${outcome}`]();
}

/** A number in thousandths as people write it. */
export const countOf = (milli: number, { number }: Formats) => number(milli / 1000);
