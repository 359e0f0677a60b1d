import type { Context } from '../functions/ground/platform/context.ts';
import { PLACE_LENGTH_MAX } from '../functions/voice/feedback/mentions/mention.ts';
import { logFeedback, type RecordedFeedback } from '../functions/voice/feedback/record-feedback.ts';
import { feedbackKinds, SERVED_BY_LENGTH_MAX, TEXT_LENGTH_MAX } from '../functions/voice/feedback/schema.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { type FieldRule, type FormError, fieldErrors } from './words/field-errors.ts';

/** Logs what a form says of something that was said elsewhere; what is wrong with it, at its fields. */
export async function postMention(
  ctx: Context,
  { fields, t }: { fields: ReadonlyMap<string, string>; t: Messages },
): Promise<{ ok: true; recorded: RecordedFeedback } | { ok: false; errors: FormError[] }> {
  const value = (name: string) => fields.get(name) || null;
  const email = value('email');
  const done = await attempt(
    logFeedback(
      ctx,
      {
        kind: oneOf(value('kind'), feedbackKinds) ?? 'complaint',
        text: fields.get('text') ?? '',
        ...{ product: value('product'), servedBy: value('served_by') },
        customer: email === null ? null : { email },
        wantsReply: fields.get('wants_reply') === 'yes',
        mention: {
          ...{ place: value('place'), url: value('url'), author: value('author'), saidOn: value('said_on') },
          rating: value('rating') === null ? null : Number(value('rating')),
        },
      },
      { key: fields.get('key') ?? '' },
    ),
    { validation_failed: null, not_found: null },
  );
  if (done.ok) return { ok: true, recorded: done.output };
  if (done.errors.length === 0)
    return { ok: false, errors: [{ field: 'email', text: t.mentions_wrong_email() }] };
  return { ok: false, errors: fieldErrors(t, done.errors, rulesOf(t)) };
}

function rulesOf(t: Messages): Record<string, FieldRule> {
  const upTo = (max: number) => t.form_rule_length({ max });
  return {
    'mention.url': { field: 'url', label: t.mentions_url(), rule: t.mentions_rule_url() },
    'mention.place': {
      ...{ field: 'place', label: t.mentions_place(), rule: upTo(PLACE_LENGTH_MAX) },
      byCode: { required: t.mentions_rule_place() },
    },
    'mention.author': { field: 'author', label: t.mentions_author(), rule: upTo(120) },
    'mention.saidOn': {
      ...{ field: 'said_on', label: t.mentions_said_on(), rule: t.form_rule_day() },
      byCode: { in_the_future: t.mentions_rule_said_on() },
    },
    'mention.rating': {
      field: 'rating',
      label: t.mentions_rating(),
      rule: t.form_rule_number({ from: 1, to: 5 }),
    },
    text: { field: 'text', label: t.mentions_text(), rule: t.form_rule_text({ max: TEXT_LENGTH_MAX }) },
    product: { field: 'product', label: t.mentions_product(), rule: upTo(200) },
    servedBy: { field: 'served_by', label: t.mentions_served_by(), rule: upTo(SERVED_BY_LENGTH_MAX) },
    customer: { field: 'email', label: t.mentions_email(), rule: t.form_rule_email() },
  };
}
