import { z } from 'zod';
import { day, freeText, identifier, optionalName } from '../../ground/platform/input.ts';
import { orderNumber, orderSource } from '../../money/orders/schema.ts';
import { contactChannels, contactDirections, contactMoods, contactSatisfaction } from './channels.ts';

export const SUMMARY_LENGTH_MAX = 5000;
export const STEP_LENGTH_MAX = 300;
/** A day; what takes longer is written down as several. */
export const DURATION_S_MAX = 86_400;

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? null);

/** What was said and done; the same in each entry about a contact. */
const contactContent = {
  channel: z.enum(contactChannels),
  direction: z.enum(contactDirections),
  isMissed: z.boolean(),
  /** Epoch milliseconds; null for now. */
  at: z.int().min(0).nullable(),
  durationS: optional(z.int().min(0).max(DURATION_S_MAX)),
  staffId: optional(z.string().max(64)),
  summary: freeText(SUMMARY_LENGTH_MAX),
  mood: optional(z.enum(contactMoods)),
  satisfaction: optional(z.int().min(contactSatisfaction.from).max(contactSatisfaction.to)),
};

const nextStepInput = z.strictObject({
  what: identifier(STEP_LENGTH_MAX),
  dueOn: day,
  staffId: optional(z.string().max(64)),
});

/** What is written down of a contact. */
export const logContactInput = z.strictObject({
  ...contactContent,
  customerId: z.string().max(64).nullable(),
  /** An account or department; null for that of the order, else the customer's first. */
  accountId: z.string().max(64).nullable(),
  number: optionalName(40),
  order: optional(z.strictObject({ source: orderSource, number: orderNumber })),
  wantsAnswer: z.boolean(),
  nextStep: nextStepInput.nullable(),
  source: z.enum(['console', 'till', 'api']),
  /** What another system calls it. */
  reference: optionalName(200),
  /** What makes the same form sent twice one contact. */
  key: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
});
export type LogContactInput = z.input<typeof logContactInput>;
export type ContactDraft = z.output<typeof logContactInput>;

export const correctContactInput = z.strictObject({
  id: z.string().max(64),
  ...contactContent,
  at: z.int().min(0),
});
