import type { ReturnableLine } from '../functions/care/returns/eligibility.ts';
import { rehearseReturn } from '../functions/care/returns/read-asked.ts';
import { returnReasons } from '../functions/care/returns/reasons.ts';
import { requestReturn } from '../functions/care/returns/request-return.ts';
import { returnOutcomes } from '../functions/care/returns/terms.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import type { SentFile } from '../functions/voice/feedback/file-limits.ts';
import { attempt } from './attempt.ts';
import { feedbackReasons } from './feedback-forms.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { feedbackProblem } from './words/feedback.ts';
import type { FormError } from './words/field-errors.ts';

interface Asked {
  order: { source: string; number: string };
  lines: { line: string; quantity: number; reason: (typeof returnReasons)[number] }[];
  outcome: (typeof returnOutcomes)[number];
  note: string | null;
}

/** What a form asks to give back, by the lines as its page numbers them; else what is missing. */
export function readReturn(
  fields: ReadonlyMap<string, string>,
  about: { order: Asked['order']; lines: readonly ReturnableLine[]; t: Messages },
): { asked: Asked } | { errors: FormError[] } {
  const { order, lines, t } = about;
  const errors: FormError[] = [];
  const wanted = lines.flatMap(({ lineId }, index) => {
    const quantity = Number((fields.get(`count-${index}`) ?? '').replace(',', '.') || '0');
    if (quantity === 0) return [];
    const reason = oneOf(fields.get(`why-${index}`) ?? null, returnReasons);
    if (!(quantity > 0)) errors.push({ field: `count-${index}`, text: t.returns_wrong_much() });
    if (reason === null) errors.push({ field: `why-${index}`, text: t.returns_wrong_why() });
    return reason === null ? [] : [{ line: lineId, quantity, reason }];
  });
  const outcome = oneOf(fields.get('outcome') ?? null, returnOutcomes);
  const first = lines.findIndex(({ reason }) => reason === null);
  if (wanted.length === 0 && errors.length === 0)
    errors.push({ field: `count-${Math.max(0, first)}`, text: t.returns_wrong_none() });
  if (outcome === null) errors.push({ field: 'outcome', text: t.returns_wrong_outcome() });
  if (errors.length > 0 || outcome === null) return { errors };
  return { asked: { order, lines: wanted, outcome, note: fields.get('note') || null } };
}

/** What it would come to, or what is wrong with it. */
export async function checkReturn(ctx: Context, t: Messages, asked: Asked, lines: readonly ReturnableLine[]) {
  const { note: _note, ...rest } = asked;
  const done = await attempt(rehearseReturn(ctx, rest), { validation_failed: null });
  return done.ok ? { rehearsed: done.output } : { errors: errorsOf(t, asked, { lines, refused: done }) };
}

/** The return that was asked for, or why it was not. */
export async function sendReturn(
  ctx: Context,
  t: Messages,
  asked: Asked,
  about: { key: string; files: readonly SentFile[]; lines: readonly ReturnableLine[] },
) {
  const { key, files, lines } = about;
  const done = await attempt(requestReturn(ctx, asked, { key, files }), {
    ...fileReasons,
    validation_failed: null,
    unavailable: 'files_away',
  });
  if (done.ok) return { reference: done.output.reference };
  if (done.reason !== null)
    return { errors: [{ ...feedbackProblem(t, done.reason), field: 'files' }], refused: done };
  return { errors: errorsOf(t, asked, { lines, refused: done }), refused: done };
}

const fileReasons = {
  ':too_many_files': feedbackReasons[':too_many_files'],
  ':file_empty': feedbackReasons[':file_empty'],
  ':file_too_large': feedbackReasons[':file_too_large'],
  ':file_type': feedbackReasons[':file_type'],
  ':no_files': feedbackReasons[':no_files'],
  ':files_away': feedbackReasons[':files_away'],
} as const;

/** Each refused line at its own field. */
function errorsOf(
  t: Messages,
  asked: Asked,
  { lines, refused }: { lines: readonly ReturnableLine[]; refused: { errors: readonly { path: string }[] } },
): FormError[] {
  const [, at] = /^lines\.(\d+)/.exec(refused.errors[0]?.path ?? '') ?? [];
  const line = at === undefined ? undefined : asked.lines[Number(at)]?.line;
  const index = lines.findIndex(({ lineId }) => lineId === line);
  if (index >= 0) return [{ field: `count-${index}`, text: t.returns_wrong_much() }];
  if (refused.errors[0]?.path === 'outcome') return [{ field: 'outcome', text: t.returns_wrong_outcome() }];
  return [{ field: 'main', text: t.form_again() }];
}
