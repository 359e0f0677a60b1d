import { z } from 'zod';
import { instantAnswer, listAnswer } from '../../ground/platform/answer.ts';
import {
  day,
  email,
  emailOfKnown,
  freeText,
  identifier,
  instant,
  issue,
  optionalName,
  pageCursor,
} from '../../ground/platform/input.ts';
import { orderNumber, orderSource } from '../../money/orders/schema.ts';
import { contactChannels, contactDirections, contactMoods, contactSatisfaction } from './channels.ts';
import { DURATION_S_MAX, STEP_LENGTH_MAX, SUMMARY_LENGTH_MAX } from './schema.ts';

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? null);

const colleague = (what: string) =>
  optional(email).meta({
    description: `The email of the member of staff ${what}.`,
    examples: ['anna@shop.example'],
  });

/** `POST /contacts` */
export const recordContactInput = z
  .strictObject({
    channel: z.enum(contactChannels).meta({ description: '`post` is letters, `message` chats and texts.' }),
    direction: z.enum(contactDirections).meta({ description: '`in`: the customer began.' }),
    missed: z
      .boolean()
      .default(false)
      .meta({ description: 'Of a call: nobody took it. One that came in becomes a task to call back.' }),
    at: instant.optional().meta({ description: 'When it began; now without it.' }),
    seconds: optional(z.int().min(0).max(DURATION_S_MAX)).meta({ description: 'How long it took.' }),
    customer: optional(z.strictObject({ email: emailOfKnown })).meta({
      description: 'With whom, where that is known; else `number` finds them.',
    }),
    account: optional(z.string().max(64)).meta({
      description:
        'The id of the account or department it was about; without it that of the order, else the customer’s first.',
    }),
    number: optionalName(40).meta({
      description:
        'The telephone number of the other side, best with its country: `+44 20 7946 0117`. The one customer who has it is meant; a number of nobody is kept, and staff say later whose it is. What is no number, such as `anonymous`, is not kept.',
    }),
    order: optional(z.strictObject({ source: orderSource, number: orderNumber })),
    staff: colleague('who spoke with them'),
    summary: freeText(SUMMARY_LENGTH_MAX),
    mood: optional(z.enum(contactMoods)),
    satisfaction: optional(z.int().min(contactSatisfaction.from).max(contactSatisfaction.to)).meta({
      description: 'How satisfied they said they are, 5 is best.',
    }),
    wantsAnswer: z
      .boolean()
      .default(false)
      .meta({ description: 'Of what came in: somebody waits for us, as after each call that nobody took.' }),
    nextStep: optional(
      z.strictObject({ what: identifier(STEP_LENGTH_MAX), on: day, staff: colleague('who is to do it') }),
    ),
    reference: optionalName(200).meta({
      description:
        'What your system calls it, unique among all that this key tells of; told again, nothing changes.',
      examples: ['pbx-20260301-0042'],
    }),
  })
  .superRefine(({ channel, missed, customer, number, account }, context) => {
    if (missed && channel !== 'phone') context.addIssue(issue('no_call', 'is for calls alone', ['missed']));
    if (customer === null && number === null && account === null)
      context.addIssue(issue('required', 'is required, or number or account', ['customer']));
  });
export type RecordContactInput = z.output<typeof recordContactInput>;

export const contactExample = {
  channel: 'phone',
  direction: 'in',
  at: '2026-03-01T09:30:00Z',
  seconds: 340,
  number: '+44 20 7946 0117',
  summary: 'Asked when the next roast comes.',
  mood: 'good',
  reference: 'pbx-20260301-0042',
};

/** What is answered to `POST /contacts`: no personal data. */
export const loggedContactAnswer = z
  .object({
    id: z.string(),
    customerId: z.string().nullable().meta({ description: 'Null while nobody knows whose number it is.' }),
    accountId: z.string().nullable(),
    taskId: z.string().nullable().meta({ description: 'What is to be done because of it.' }),
    at: instantAnswer,
  })
  .meta({ id: 'LoggedContact' });
export type LoggedContactAnswer = z.output<typeof loggedContactAnswer>;

/** `GET /contacts` */
export const listContactsQuery = z.strictObject({
  customerId: z.string().max(64).optional().meta({ description: 'With this customer.' }),
  channel: z.enum(contactChannels).optional().meta({ description: 'By this channel.' }),
  direction: z.enum(contactDirections).optional().meta({ description: 'Whether it came in or went out.' }),
  only: z
    .enum(['unknown', 'unanswered', 'missed'])
    .optional()
    .meta({ description: 'Of nobody who is known; waited for by somebody; calls that nobody took.' }),
  from: day.optional().meta({ description: 'On this business day or later.' }),
  until: day.optional().meta({ description: 'On this business day or before.' }),
  cursor: pageCursor.optional(),
});
export type ListContactsQuery = z.output<typeof listContactsQuery>;

const contactAnswer = z
  .object({
    id: z.string(),
    channel: z.enum(contactChannels),
    direction: z.enum(contactDirections),
    missed: z.boolean(),
    at: instantAnswer,
    seconds: z.int().nullable(),
    customerId: z.string().nullable(),
    accountId: z.string().nullable(),
    number: z.string().nullable(),
    address: z.string().nullable().meta({ description: 'Of a mail from who is no customer.' }),
    order: z.object({ source: z.string(), number: z.string() }).nullable(),
    staffId: z.string().nullable(),
    summary: z.string().nullable(),
    mood: z.enum(contactMoods).nullable(),
    satisfaction: z.int().nullable(),
    wantsAnswer: z.boolean(),
    answerDueAt: instantAnswer.nullable().meta({ description: 'Until when an answer was promised.' }),
    answeredAt: instantAnswer.nullable(),
    source: z.string(),
  })
  .meta({ id: 'Contact' });
export type ContactAnswer = z.output<typeof contactAnswer>;
export const contactsAnswer = listAnswer(contactAnswer);
