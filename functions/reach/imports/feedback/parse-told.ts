import { z } from 'zod';
import { isDay } from '../../../ground/platform/calendar.ts';
import { knownEmail } from '../../../ground/platform/email.ts';
import { webAddress } from '../../../ground/platform/input.ts';
import { plainLink } from '../../../voice/feedback/mentions/mention.ts';
import { questionKinds } from '../../../voice/surveys/definition.ts';
import { because, type Reason, reasonOfIssue, rule } from '../reason.ts';
import type { ToldRow } from './read-told.ts';

/** One thing told, as a file says it; texts are kept to the character. */
export type FeedbackFile = z.output<typeof told> & { fileLine: number };
export type ToldFeedback = Extract<FeedbackFile, { is: 'feedback' }>;
export type ToldMessage = Extract<FeedbackFile, { is: 'message' }>;
export type ToldAnswer = Extract<FeedbackFile, { is: 'answer' }>;
export type ToldTestimonial = Extract<FeedbackFile, { is: 'testimonial' }>;

/** A row that cannot be taken, and why: the column and the rule. */
export interface RefusedRow {
  fileLine: number;
  id: string;
  reason: Reason;
}

/** The row as it is meant, or what is wrong with it: the column and the rule. */
export function parseTold({ line: fileLine, cells, problem }: ToldRow): FeedbackFile | RefusedRow {
  if (problem !== null) return { fileLine, id: cells.id, reason: problem };
  if (cells.person !== '' && cells.email === '')
    return { fileLine, id: cells.id, reason: because('no_personal_data') };
  const parsed = told.safeParse({ ...cells, is: sortOf(cells) });
  if (parsed.success) return { ...parsed.data, fileLine };
  const reason = reasonOfIssue(parsed.error.issues[0]);
  const column = reason.column === 'is' ? 'kind' : reason.column;
  return { fileLine, id: cells.id, reason: { ...reason, column } };
}

function sortOf({ kind, question }: ToldRow['cells']): string {
  if (kind === 'message' || kind === 'testimonial') return kind;
  if (kind === 'survey' && question !== '') return 'answer';
  return ['question', 'idea', 'praise', 'problem', 'complaint', 'survey'].includes(kind) ? 'feedback' : kind;
}

const orNull = (text: string) => (text === '' ? null : text);
const hexId = z.string().regex(/^[0-9a-f]{32}$/, rule('needs_export_id'));
const short = z
  .string()
  .max(500, rule('too_long', { max: 500 }))
  .transform(orNull);
const oneOf = <Name extends string>(names: readonly Name[]) =>
  z.enum(names, { error: rule('needs_choice', { choices: names.join(', ') }) });
const moment = z.iso
  .datetime({ offset: true, error: rule('needs_zoned_time') })
  .transform((text) => Date.parse(text));
const optionalMoment = z.union([z.literal('').transform(() => null), moment]);
const toldEmail = z
  .string()
  .transform((text) => knownEmail(text) ?? '')
  .refine((address) => address !== '', rule('needs_email'));
const optionalEmail = z.union([z.literal('').transform(() => null), toldEmail]);

const address = z
  .string()
  .max(2000, rule('too_long', { max: 2000 }))
  .refine((text) => text === '' || webAddress.safeParse(text).success, rule('needs_link'))
  .transform((text) => orNull(text.trim()));
const stars = z.union([
  z.literal('').transform(() => null),
  z
    .string()
    .regex(/^[1-5]$/, rule('needs_whole_number'))
    .transform(Number),
]);
const optionalDay = z
  .string()
  .refine((text) => text === '' || isDay(text), rule('needs_day'))
  .transform(orNull);

const common = { told_at: moment, name: short, account: short, department: short, language: short };

const told = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('feedback'),
    ...common,
    id: hexId,
    kind: oneOf(['question', 'idea', 'praise', 'problem', 'complaint', 'survey']),
    reference: z
      .string()
      .min(1, rule('blank'))
      .max(40, rule('too_long', { max: 40 })),
    email: optionalEmail,
    source: oneOf(['portal', 'api', 'till', 'import', 'survey', 'mention']),
    order_source: short,
    order_number: short,
    line: short,
    served_by: short,
    page: short,
    wants_reply: oneOf(['yes', 'no']),
    text: z.string(),
    state: oneOf(['', 'open', 'answered', 'waiting', 'resolved', 'closed']),
    state_at: optionalMoment,
    cause: short,
    product: short,
    place: short,
    url: address.transform((url) => (url === null ? null : plainLink(url))),
    author: short,
    rating: stars,
    said_on: optionalDay,
  }),
  z.object({
    is: z.literal('message'),
    ...common,
    id: hexId,
    reply_to: hexId,
    said_by: oneOf(['customer', 'staff']),
    text: z.string(),
    place: short,
    url: address,
  }),
  z.object({
    is: z.literal('answer'),
    ...common,
    id: z.string().regex(/^[0-9a-f]{32}:[a-z][a-z0-9_]*(\.[a-z0-9_]+){0,2}$/, rule('needs_export_id')),
    email: toldEmail,
    survey: z
      .string()
      .min(1, rule('blank'))
      .max(200, rule('too_long', { max: 200 })),
    question: z.string(),
    asks: oneOf(questionKinds),
    score: z.union([
      z.literal('').transform(() => null),
      z
        .string()
        .regex(/^-?\d{1,4}$/, rule('needs_whole_number'))
        .transform(Number),
    ]),
    text: z.string(),
    state: oneOf(['finished', 'partial']),
    state_at: optionalMoment,
  }),
  z.object({
    is: z.literal('testimonial'),
    ...common,
    id: hexId,
    email: toldEmail,
    reply_to: short,
    source: oneOf(['portal', 'survey', 'feedback']),
    text: z.string(),
    state: oneOf(['waiting', 'approved', 'declined', 'withdrawn']),
    state_at: optionalMoment,
    name_form: oneOf(['first_name', 'initials', 'company', 'none']),
    shown_name: z.string().max(500, rule('too_long', { max: 500 })),
    consent: z.string(),
  }),
]);
