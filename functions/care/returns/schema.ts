import { z } from 'zod';
import { instantAnswer, moneyAnswer } from '../../ground/platform/answer.ts';
import { freeText, identifier, pageCursor } from '../../ground/platform/input.ts';
import { returnReasons } from './reasons.ts';
import { returnStates } from './state.ts';
import { returnOutcomes } from './terms.ts';

const LINES_MAX = 500;

const isInThousandths = (value: number) => /^\d+(\.\d{1,3})?$/.test(String(value));
const tooFine = { params: { code: 'too_many_decimals' }, message: 'has at most three decimals' };
const quantity = z.number().positive().max(1_000_000).refine(isInThousandths, tooFine);
const acceptedQuantity = z.number().min(0).max(1_000_000).refine(isInThousandths, tooFine);

const areNamedOnce = (lines: readonly { line: string }[]) =>
  new Set(lines.map(({ line }) => line)).size === lines.length;
const namedTwice = { params: { code: 'duplicate' }, message: 'names a line twice' };

const order = z.strictObject({ source: identifier(200), number: identifier(200) });

const wantedLines = z
  .array(z.strictObject({ line: identifier(200), quantity, reason: z.enum(returnReasons) }))
  .min(1)
  .max(LINES_MAX)
  .refine(areNamedOnce, namedTwice);

/** `POST /returns/preview` */
export const rehearseInput = z.strictObject({ order, lines: wantedLines, outcome: z.enum(returnOutcomes) });
export type RehearseReturnInput = z.output<typeof rehearseInput>;

/** `POST /returns`. `note` is what the customer tells, and what they want instead. */
export const requestInput = rehearseInput.extend({ note: freeText(2000) });
export type RequestInput = z.output<typeof requestInput>;

/** `POST /returns/{reference}/approval`, `/refusal` and others: `note` is read by the customer. */
export const moveInput = z.strictObject({ note: freeText(2000) });

/** A refusal says why. */
export const refuseInput = z.strictObject({
  note: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .refine((text) => !text.includes('\0'), {
      params: { code: 'invalid_text' },
      message: 'has characters that no text may have',
    }),
});

/**
 * `POST /returns/{reference}/settlement`. Without `lines`, all that was asked for is taken back; with them, of a line that is not
 * named none.
 */
export const settleInput = z.strictObject({
  outcome: z.enum(returnOutcomes),
  lines: z
    .array(z.strictObject({ line: identifier(200), quantity: acceptedQuantity }))
    .max(LINES_MAX)
    .refine(areNamedOnce, namedTwice)
    .optional()
    .meta({ description: 'All that was asked for, unless given; then of a line that is not named none.' }),
  note: freeText(2000),
});
export type SettleInput = z.output<typeof settleInput>;

export const returnsQuery = z.strictObject({
  state: z
    .enum(['open', 'all'])
    .optional()
    .meta({ description: 'Those that wait for somebody, oldest first, unless given; or all, newest first.' }),
  cursor: pageCursor.optional(),
});

const splitAnswer = {
  worth: moneyAnswer.meta({ description: 'What was paid for what comes back.' }),
  money: moneyAnswer.meta({ description: 'What of it goes back as money.' }),
  voucher: moneyAnswer.meta({ description: 'What of it vouchers or credit had paid.' }),
  credit: moneyAnswer.meta({ description: 'What is booked as credit, with the bonus.' }),
  bonus: moneyAnswer,
};

export const rehearsalAnswer = z
  .object({
    outcome: z.enum(returnOutcomes),
    ...splitAnswer,
    entries: z.array(z.object({ kind: z.string(), amount: moneyAnswer })).meta({
      description: 'What would be posted; it adds up to what becomes of the balance.',
    }),
    available: z.object({ before: moneyAnswer, after: moneyAnswer }),
    pending: z.object({ before: moneyAnswer, after: moneyAnswer }),
  })
  .meta({ id: 'ReturnPreview' });
export type ReturnPreviewAnswer = z.infer<typeof rehearsalAnswer>;

export const returnAnswer = z
  .object({
    reference: z.string(),
    order,
    state: z.enum(returnStates),
    stateAt: instantAnswer,
    requestedAt: instantAnswer,
    wish: z.enum(returnOutcomes),
    outcome: z
      .enum(returnOutcomes)
      .nullable()
      .meta({ description: 'What it ended in; null until it is settled.' }),
    note: z.string().nullable(),
    lines: z.array(
      z.object({
        line: z.string(),
        product: z.string().nullable(),
        quantity: z.number(),
        reason: z.string(),
        worth: moneyAnswer,
        accepted: z.number().nullable(),
      }),
    ),
    told: z.object(splitAnswer).meta({ description: 'What was told before it was asked for.' }),
    worth: moneyAnswer.nullable().meta({ description: 'What was booked; null until it is settled.' }),
    money: moneyAnswer.nullable(),
    voucher: moneyAnswer.nullable(),
    credit: moneyAnswer,
    bonus: moneyAnswer.nullable(),
    events: z.array(
      z.object({ state: z.enum(returnStates), at: instantAnswer, note: z.string().nullable() }),
    ),
    files: z.number().meta({ description: 'How many pictures came with it.' }),
  })
  .meta({ id: 'Return' });
export type ReturnAnswer = z.infer<typeof returnAnswer>;

export const listedReturn = z
  .object({
    reference: z.string(),
    order,
    state: z.enum(returnStates),
    stateAt: instantAnswer,
    requestedAt: instantAnswer,
    wish: z.enum(returnOutcomes),
    outcome: z.enum(returnOutcomes).nullable(),
    worth: moneyAnswer,
    customerId: z.string(),
    recent: z.number().meta({ description: 'How many returns the account asked for within 365 days.' }),
    isMuch: z.boolean().meta({ description: 'Whether that is as many as the business has marked.' }),
  })
  .meta({ id: 'ListedReturn' });
export type ListedReturn = z.infer<typeof listedReturn>;

export const returnableAnswer = z
  .object({
    isOffered: z.boolean(),
    outcomes: z.array(z.enum(returnOutcomes)),
    lines: z.array(
      z.object({
        line: z.string(),
        product: z.string().nullable(),
        bought: z.number(),
        left: z.number(),
        until: z.string().nullable().meta({ format: 'date' }),
        reason: z.string().nullable().meta({ description: 'Why it cannot go back; null where it may.' }),
      }),
    ),
  })
  .meta({ id: 'Returnable' });

export const rehearseExample = {
  order: { source: 'till', number: 'A-17' },
  lines: [{ line: '1', quantity: 1, reason: 'does_not_fit' }],
  outcome: 'refund',
};
export const requestExample = { ...rehearseExample, note: 'Too small; it was not worn.' };
export const moveExample = { note: 'Bring it to any of our shops.' };
export const settleExample = { outcome: 'refund', lines: [{ line: '1', quantity: 1 }], note: null };
