import type { Context } from '../functions/ground/platform/context.ts';
import { currencyExponent, parseDecimal } from '../functions/ground/platform/money.ts';
import { getBusiness } from '../functions/money/business/business.ts';
import type { CreditOutcome } from '../functions/money/credits/give-credit.ts';
import { adjustmentErrors } from '../functions/money/ledger/adjustment-errors.ts';
import { answerFeedback, noteOnFeedback } from '../functions/voice/feedback/answer-feedback.ts';
import { caseMoves } from '../functions/voice/feedback/case-state.ts';
import { type CauseChoice, setCause } from '../functions/voice/feedback/causes/set-cause.ts';
import { tellRepeat } from '../functions/voice/feedback/causes/tell-repeat.ts';
import { giveGoodwill } from '../functions/voice/feedback/give-goodwill.ts';
import { setServer } from '../functions/voice/feedback/set-server.ts';
import { assignCase, moveCase } from '../functions/voice/feedback/staff-case.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';

export type CaseRefusal =
  | 'text'
  | 'text_long'
  | 'amount'
  | 'reason'
  | 'moved'
  | 'gone'
  | 'refused'
  | 'oneself'
  | 'url';

/** Why a form about a case was not taken. */
export const caseReasons = {
  not_found: 'gone',
  case_not_movable: 'moved',
  credit_to_oneself: 'oneself',
  forbidden: 'refused',
  '.amount': 'amount',
  '.amount:too_big': 'text_long',
  '.there': 'url',
  '.reason': 'reason',
  '.reason:too_big': 'text_long',
  ':too_big': 'text_long',
  validation_failed: 'text',
} as const;

/** What is wrong with which form of the page of a case. */
export interface CaseProblem {
  form: string;
  reasons: readonly CaseRefusal[];
}

/** Credit for a case that was typed and is to be confirmed. */
export interface CreditToConfirm {
  confirm: { minor: bigint; currency: string };
}

/** Does what one of the forms of a case's page asks for; null when it is done. */
export async function postToCase(
  ctx: Context,
  { feedbackId, fields }: { feedbackId: string; fields: ReadonlyMap<string, string> },
): Promise<
  CaseProblem | CreditToConfirm | { credit: CreditOutcome; minor: bigint } | { reopened: true } | null
> {
  const value = (name: string) => fields.get(name) ?? '';
  const form = value('do');
  const act = { feedbackId, key: value('key') || null };
  if (form === 'goodwill') return give();
  if (form === 'cause') return place();
  const work = workOf();
  if (work === null) return null;
  const done = await attempt(work, caseReasons);
  return done.ok ? null : { form, reasons: [done.reason] };

  function workOf(): Promise<unknown> | null {
    switch (form) {
      case 'answer': {
        const state = oneOf(value('state'), ['answered', 'waiting', 'resolved']) ?? 'answered';
        return answerFeedback(ctx, { ...act, text: value('text'), state });
      }
      case 'answer_there': {
        const state = oneOf(value('state'), ['answered', 'waiting', 'resolved']) ?? 'resolved';
        return answerFeedback(ctx, {
          ...act,
          text: value('text'),
          state,
          there: { url: value('url') || null },
        });
      }
      case 'note':
        return noteOnFeedback(ctx, { ...act, text: value('text') });
      case 'assign':
        return assignCase(ctx, { ...act, staffId: value('owner') || null });
      case 'came_back':
        return tellRepeat(ctx, act);
      case 'server':
        return setServer(ctx, { feedbackId, staff: value('staff') || null });
      case 'move': {
        const move = oneOf(value('move'), caseMoves);
        return move === null ? null : moveCase(ctx, { ...act, move });
      }
      default:
        return null;
    }
  }

  async function place() {
    const done = await attempt(setCause(ctx, { ...act, choice: causeOf(fields) }), caseReasons);
    if (!done.ok) return { form, reasons: [done.reason] };
    return done.output.isReopened ? ({ reopened: true } as const) : null;
  }

  async function give() {
    const { currency } = await getBusiness(ctx);
    const typed = value('amount')
      .replace(/[\s\u00a0]/g, '')
      .replace(',', '.');
    const amount = parseDecimal(typed, currencyExponent(currency ?? '') ?? 2);
    const reason = value('reason');
    const minor = amount.ok ? amount.minor : 0n;
    const wrongs = adjustmentErrors({ amount: minor, reason }, { isGift: true });
    const reasons = wrongs.map(({ path }) => (path === 'amount' ? 'amount' : 'reason'));
    if (reasons.length > 0) return { form, reasons };
    if (value('confirmed') !== 'yes') return { confirm: { minor, currency: currency ?? '' } };
    const done = await attempt(giveGoodwill(ctx, { ...act, amount: minor, reason }), caseReasons);
    return done.ok ? { credit: done.output, minor } : { form, reasons: [done.reason] };
  }
}

/** A new cause that was named goes before one that was chosen. */
function causeOf(fields: ReadonlyMap<string, string>): CauseChoice {
  const [name, id] = [fields.get('name') ?? '', fields.get('cause') ?? ''];
  if (name !== '') return { kind: 'named', name };
  return id === '' ? { kind: 'none' } : { kind: 'known', id };
}
