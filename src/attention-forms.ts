import type { Context } from '../functions/ground/platform/context.ts';
import {
  assignAttention,
  closeAttention,
  reopenAttention,
  snoozeAttention,
} from '../functions/insight/attention/acts/act-on-attention.ts';
import { noteCall } from '../functions/insight/attention/acts/note-call.ts';
import { lapseReasons } from '../functions/insight/attention/call-sheet.ts';
import { outcomes } from '../functions/insight/attention/lists.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import type { FormError } from './words/field-errors.ts';

type Fields = ReadonlyMap<string, string>;

/** Does what a form of the page of one that a list names asks for; what is wrong with it, empty when it is done. */
export async function postToAttention(
  ctx: Context,
  t: Messages,
  { id, fields, language }: { id: string; fields: Fields; language: string },
): Promise<FormError[]> {
  const value = (name: string) => fields.get(name) ?? '';
  const work = workOf();
  if ('field' in work) return [work];
  const done = await attempt(work.doing, {
    '.untilOn': { field: 'until', text: t.attention_snooze_rule() },
    '.answers': { field: 'first_reason', text: t.lapse_question_gone() },
    '.firstReason': { field: 'first_reason', text: t.lapse_rule() },
    ':too_big': { field: value('do') === 'call' ? 'first_words' : 'note', text: t.attention_note_rule() },
    validation_failed: { field: 'main', text: t.attention_note_rule() },
    not_found: { field: 'staff', text: t.attention_assign_gone() },
  });
  return done.ok ? [] : [done.reason];

  function workOf(): { doing: Promise<unknown> } | FormError {
    switch (value('do')) {
      case 'assign':
        return { doing: assignAttention(ctx, { id, staffId: value('staff') || null }) };
      case 'snooze':
        return { doing: snoozeAttention(ctx, { id, untilOn: value('until') }) };
      case 'reopen':
        return { doing: reopenAttention(ctx, { id }) };
      case 'call':
        return {
          doing: noteCall(ctx, {
            asked: { sayingId: id },
            call: callIn(fields, language),
            key: value('key'),
          }),
        };
      default: {
        const outcome = oneOf(value('outcome'), outcomes);
        if (outcome === null) return { field: 'outcome', text: t.attention_outcome_rule() };
        return { doing: closeAttention(ctx, { id, outcome, note: value('note') }) };
      }
    }
  }
}

/** What a filled in call sheet says; `language` is that in which it was read. */
export function callIn(fields: Fields, language: string) {
  const value = (name: string) => fields.get(name) ?? '';
  const answers = [...fields].flatMap(([name, said]) =>
    name.startsWith('answer-') ? [[name.slice('answer-'.length), said]] : [],
  );
  return {
    ...{ firstReason: oneOf(value('first_reason'), lapseReasons), firstWords: value('first_words') },
    ...{ realReason: oneOf(value('real_reason'), lapseReasons), realWords: value('real_words') },
    ...{ answers: Object.fromEntries(answers), language },
  };
}

/** Gives those that a form of the list has ticked to somebody; how many, or why not. */
export async function giveTicked(
  ctx: Context,
  t: Messages,
  fields: Fields,
): Promise<{ given: number } | { error: FormError }> {
  const ids = [...fields].flatMap(([name, value]) => (name.startsWith('pick-') ? [value] : []));
  if (ids.length === 0) return { error: { field: 'main', text: t.attention_none_picked() } };
  const staffId = fields.get('staff') || null;
  for (const id of ids) {
    const done = await attempt(assignAttention(ctx, { id, staffId }), {
      not_found: { field: 'staff', text: t.attention_assign_gone() },
    });
    if (!done.ok) return { error: done.reason };
  }
  return { given: ids.length };
}
