import { approveReturn, receiveReturn, refuseReturn } from '../functions/care/returns/move-return.ts';
import { settleReturn } from '../functions/care/returns/settle-return.ts';
import { returnOutcomes } from '../functions/care/returns/terms.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import type { SentFile } from '../functions/voice/feedback/file-limits.ts';
import { attempt } from './attempt.ts';
import { feedbackReasons } from './feedback-forms.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
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
  const done = await attempt(act(ctx, step, posted), {
    '.note': { field: `note-${step}`, text: t.returns_desk_wrong_note() },
    '.outcome': { field: 'outcome', text: t.returns_desk_wrong_outcome() },
    '.lines': { field: 'take-0', text: t.returns_desk_wrong_count() },
    '.files': { ...feedbackProblem(t, feedbackReasons[':file_type']), field: 'files' },
    return_not_movable: { field: 'main', text: t.returns_moved() },
    credit_to_oneself: { field: 'main', text: t.returns_desk_own() },
    refund_exceeds_line: { field: 'take-0', text: t.orders_refund_too_much() },
    otherwise: { field: 'main', text: t.form_again() },
  });
  return done.ok ? { done: true } : { errors: [done.reason] };
}

async function act(
  ctx: Context,
  step: 'approve' | 'receive' | 'refuse' | 'settle',
  { reference, fields, files, lines }: Posted,
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
      const outcome = oneOf(fields.get('outcome') ?? null, returnOutcomes) ?? 'refund';
      return settleReturn(ctx, { reference, outcome, lines: taken, note });
    }
  }
}
