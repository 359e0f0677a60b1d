import { approveReturn, receiveReturn, refuseReturn } from '../functions/care/returns/move-return.ts';
import { settleReturn } from '../functions/care/returns/settle-return.ts';
import { type ReturnOutcome, returnOutcomes } from '../functions/care/returns/terms.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import type { FieldError } from '../functions/ground/platform/errors.ts';
import type { SentFile } from '../functions/voice/feedback/file-limits.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { fileReasons, numberWrong } from './return-form.ts';
import { feedbackProblem } from './words/feedback.ts';
import type { FormError } from './words/field-errors.ts';

interface Posted {
  reference: string;
  fields: ReadonlyMap<string, string>;
  files: readonly SentFile[];
  /** The lines of the return as its page numbers them. */
  lines: readonly string[];
}

/** Does what a form of a return's desk asks for; else what is wrong. */
export async function postToReturn(
  ctx: Context,
  t: Messages,
  posted: Posted,
): Promise<{ done: true } | { errors: FormError[] }> {
  const step = oneOf(posted.fields.get('do') ?? null, ['approve', 'receive', 'refuse', 'settle']);
  if (step === null) return { errors: [{ field: 'main', text: t.form_again() }] };
  const outcome = oneOf(posted.fields.get('outcome') ?? null, returnOutcomes);
  if (step === 'settle' && outcome === null)
    return { errors: [{ field: 'outcome', text: t.returns_desk_wrong_choice() }] };
  const done = await attempt(act(ctx, step, { ...posted, outcome: outcome ?? 'refund' }), {
    '.note': { field: `note-${step}`, text: t.returns_desk_wrong_note() },
    '.outcome': { field: 'outcome', text: t.returns_desk_wrong_outcome() },
    '.lines:required': { field: 'take-0', text: t.returns_desk_wrong_nothing() },
    '.lines': null,
    ...fileReasons,
    return_not_movable: { field: 'main', text: t.returns_moved() },
    credit_to_oneself: { field: 'main', text: t.returns_desk_own() },
    refund_exceeds_line: { field: 'take-0', text: t.orders_refund_too_much() },
    unavailable: { field: 'main', text: t.form_again() },
    otherwise: { field: 'main', text: t.form_again() },
  });
  if (done.ok) return { done: true };
  if (typeof done.reason === 'string') return { errors: [feedbackProblem(t, done.reason)] };
  return { errors: done.reason === null ? countsWrong(t, done.errors) : [done.reason] };
}

/** Each wrong count at its own line, with the rule that it breaks. */
function countsWrong(t: Messages, errors: readonly FieldError[]): FormError[] {
  return errors.map(({ path, code }) => {
    const [, at = '0'] = /^lines\.(\d+)/.exec(path) ?? [];
    return { field: `take-${at}`, text: numberWrong(t, code) ?? t.returns_desk_wrong_count() };
  });
}

async function act(
  ctx: Context,
  step: 'approve' | 'receive' | 'refuse' | 'settle',
  { reference, fields, files, lines, outcome }: Posted & { outcome: ReturnOutcome },
): Promise<unknown> {
  const note = fields.get(`note-${step}`) || null;
  switch (step) {
    case 'approve':
      return approveReturn(ctx, { reference, note }, { files });
    case 'receive':
      return receiveReturn(ctx, { reference, note });
    case 'refuse':
      return refuseReturn(ctx, { reference, note: note ?? '' });
    case 'settle': {
      const taken = lines.map((line, index) => ({
        line,
        quantity: Number((fields.get(`take-${index}`) ?? '').replace(',', '.') || '0'),
      }));
      return settleReturn(ctx, { reference, outcome, lines: taken, note });
    }
  }
}
