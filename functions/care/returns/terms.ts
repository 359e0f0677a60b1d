import { z } from 'zod';
import type { FieldError } from '../../ground/platform/errors.ts';
import { inputErrors } from '../../ground/platform/parse-input.ts';
import type { Policy } from '../../ground/settings/policy.ts';

/** What a return may end in: money, credit with a bonus, or something else of the same worth. */
export const returnOutcomes = ['refund', 'credit', 'exchange'] as const;
export type ReturnOutcome = (typeof returnOutcomes)[number];

export const returnLevels = ['first', 'repeat', 'advocate'] as const;

const days = z.int().min(0).max(3650).nullable();
const label = z.string().trim().min(1).max(200);

/** One line of the terms: for whom and what it is, and for how many days; `days` null for never. */
const rule = z.strictObject({
  /** Categories of goods, as orders name them; of everything where none is named. */
  categories: z.array(label).max(50).default([]),
  /** Levels of the account (DOMAIN §5); everybody's where none is named. */
  levels: z.array(z.enum(returnLevels)).max(3).default([]),
  days,
});
export type ReturnRule = z.output<typeof rule>;

/**
 * On what terms goods go back, as data in one setting. `days` are whole business days after the last parcel came; null while nothing is
 * offered. The first of `rules` that fits a line decides before `days`. `creditBonus` are per cents more where credit is chosen.
 * `vouchers` says what becomes of a part that a voucher or credit had paid: it comes back as credit, or is lost. `much` is from
 * how many returns within 365 days on somebody is marked. `how` tells by language where to bring or send things.
 */
const shape = z.strictObject({
  days: days.default(null),
  outcomes: z
    .array(z.enum(returnOutcomes))
    .min(1)
    .default([...returnOutcomes]),
  creditBonus: z
    .string()
    .regex(/^(?:\d|[1-4]\d|50)(?:\.\d{1,2})?$/)
    .default('0'),
  vouchers: z.enum(['credit', 'lost']).default('credit'),
  much: z.int().min(1).max(1000).default(4),
  rules: z.array(rule).max(50).default([]),
  how: z.record(z.string().max(35), z.string().trim().max(1000)).default({}),
});
export type ReturnTerms = z.output<typeof shape>;

/** The terms as text that sets them; null where a text is no terms. */
export function readTerms(text: string): ReturnTerms | null {
  try {
    const parsed = shape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** All that is wrong with what is to be the terms. */
export const wrongTerms = (terms: unknown): FieldError[] => inputErrors(shape, terms);

/** The text of some terms. */
export const writeTerms = (terms: z.input<typeof shape>): string => JSON.stringify(shape.parse(terms));

/** Nothing goes back until the business says on what terms. */
const standard = writeTerms({});

export const returnTerms: Policy<string> = {
  key: 'returns',
  schema: z.string().refine((text) => readTerms(text) !== null),
  standard,
  about:
    'on what terms goods go back, as JSON: days, rules by category and level, outcomes, creditBonus, vouchers, much, how',
  page: '/console/returns/terms',
  needsProof: true,
};

/** Whether anything may go back at all. */
export const isOffered = ({ days: standing, rules }: ReturnTerms) =>
  standing !== null || rules.some((one) => one.days !== null);

/** Per cents with at most two decimals as basis points. */
export function bonusBps({ creditBonus }: Pick<ReturnTerms, 'creditBonus'>): bigint {
  const [whole = '0', fraction = ''] = creditBonus.split('.');
  return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
}
