import { keptReasons, type ReturnableLine } from '../functions/care/returns/eligibility.ts';
import { rehearseReturn } from '../functions/care/returns/read-asked.ts';
import { returnReasons } from '../functions/care/returns/reasons.ts';
import { requestReturn } from '../functions/care/returns/request-return.ts';
import { returnOutcomes } from '../functions/care/returns/terms.ts';
import type { Formats } from '../functions/ground/formats/format.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import type { FieldError } from '../functions/ground/platform/errors.ts';
import type { SentFile } from '../functions/voice/feedback/file-limits.ts';
import { attempt } from './attempt.ts';
import { feedbackReasons } from './feedback-forms.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { feedbackProblem } from './words/feedback.ts';
import type { FormError } from './words/field-errors.ts';
import { notBackWords } from './words/returns.ts';

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
    if (!(quantity > 0)) errors.push({ field: `count-${index}`, text: t.returns_wrong_number() });
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
export async function checkReturn(ctx: Context, asked: Asked, shown: Shown) {
  const { note: _note, ...rest } = asked;
  const done = await attempt(rehearseReturn(ctx, rest), { validation_failed: null });
  return done.ok ? { rehearsed: done.output } : { errors: errorsOf(asked, done.errors, shown) };
}

/** What its page shows, and in which words. */
interface Shown {
  lines: readonly ReturnableLine[];
  t: Messages;
  formats: Formats;
}

/** The return that was asked for, or why it was not. */
export async function sendReturn(
  ctx: Context,
  asked: Asked,
  { key, files, ...shown }: Shown & { key: string; files: readonly SentFile[] },
) {
  const { t } = shown;
  const done = await attempt(requestReturn(ctx, asked, { key, files }), {
    ...fileReasons,
    validation_failed: null,
    too_many_requests: { field: 'main', text: t.feedback_wrong_too_often() },
    idempotency_key_reused: { field: 'main', text: t.form_again() },
    unavailable: { field: 'main', text: t.form_again() },
  });
  if (done.ok) return { reference: done.output.reference };
  const { reason } = done;
  if (typeof reason === 'string') return { errors: [feedbackProblem(t, reason)], refused: done };
  return { errors: reason === null ? errorsOf(asked, done.errors, shown) : [reason], refused: done };
}

/** What can be wrong with files, by the rule that they break. */
export const fileReasons = {
  ':too_many_files': feedbackReasons[':too_many_files'],
  ':file_empty': feedbackReasons[':file_empty'],
  ':file_too_large': feedbackReasons[':file_too_large'],
  ':file_type': feedbackReasons[':file_type'],
  ':no_files': feedbackReasons[':no_files'],
  ':files_away': feedbackReasons[':files_away'],
} as const;

/** What is wrong with a number itself, whatever it counts; null where it is a number. */
export function numberWrong(t: Messages, code: string): string | null {
  if (code === 'too_many_decimals') return t.returns_wrong_decimals();
  return code === 'invalid_type' ? t.returns_wrong_number() : null;
}

/** Each refused line at its own field, with the rule that it breaks. */
function errorsOf(asked: Asked, errors: readonly FieldError[], { lines, t, formats }: Shown): FormError[] {
  return errors.map(({ path, code }) => {
    if (path === 'outcome') return { field: 'outcome', text: t.returns_wrong_outcome() };
    if (path === 'note') return { field: 'note', text: t.returns_wrong_note() };
    const [, at] = /^lines\.(\d+)/.exec(path) ?? [];
    const named = at === undefined ? undefined : asked.lines[Number(at)]?.line;
    const index = lines.findIndex(({ lineId }) => lineId === named);
    const line = lines[index];
    if (line === undefined) return { field: 'main', text: t.form_again() };
    return { field: `count-${index}`, text: lineWrong(line, code, { t, formats }) };
  });
}

function lineWrong(
  { until }: ReturnableLine,
  code: string,
  { t, formats }: Pick<Shown, 't' | 'formats'>,
): string {
  const reason = oneOf(code, keptReasons);
  if (reason !== null && reason !== 'all_back') return notBackWords({ reason, until }, t, formats);
  return numberWrong(t, code) ?? t.returns_wrong_much();
}
