import { z } from 'zod';
import { locales } from '../../../languages/built.ts';
import { isDay, isTimeZone } from '../../ground/platform/business-time.ts';
import { currencyExponent } from '../../ground/platform/money.ts';
import { codeOf, wording } from './programme-issues.ts';
import type { RuleName } from './rule-name.ts';

/** Text of money or of a per cent; its digits are read once the currency is known. */
const decimal = z.string();

const days = z.int().min(0).max(365);
const months = z.int().min(1).max(120);
const leftOut = z.array(z.string().trim().min(1).max(200)).max(500).default([]);

const counts = z.strictObject({
  shipping: z.boolean().default(false),
  tax: z.boolean().default(false),
  vouchers: z.boolean().default(true),
  excludeCategories: leftOut,
  excludeSkus: leftOut,
});

const expires = z
  .union([z.literal(['never', 'period-end']), z.strictObject({ months })], {
    error: 'must be "never", "period-end" or {"months": N} with N from 1 to 120',
  })
  .default('never');

const payable = z.union([
  z.literal('credit'),
  z.strictObject({ voucher: z.strictObject({ months, minimum: decimal.default('0') }) }),
]);

const pays = z
  .unknown()
  .default('credit')
  .transform((value, context) => {
    const read = payable.safeParse(value);
    if (read.success) return read.data;
    const later = laterForm(value);
    context.addIssue(
      later === null
        ? refusal(
            'invalid_value',
            'must be "credit" or {"voucher": {"months": 1 to 120, "minimum": "20.00"}}',
          )
        : refusal('not_available', `"${later}" is not available yet; use "credit" or a voucher`),
    );
    return z.NEVER;
  });

const audience = z
  .string({ error: 'must be "everyone", "club" or the id of a segment' })
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be "everyone", "club" or the id of a segment')
  .default('everyone');

const nameLine = z.string().trim().min(1).max(120);
const namesByLanguage = z
  .strictObject(Object.fromEntries(locales.map((locale) => [locale, nameLine.optional()])))
  .transform((names) =>
    Object.fromEntries(
      Object.entries(names).flatMap(([locale, name]) => (name === undefined ? [] : [[locale, name]])),
    ),
  )
  .refine((names) => Object.keys(names).length > 0, {
    error: 'must have a name in one language at least, as in {"en": "Money back", "uk": "…"}',
    params: { code: 'required' },
  });

/** One name, or one in each language; each form is refused in its own words. */
const name = z.unknown().transform((value, context): RuleName => {
  const shape = typeof value === 'object' && value !== null ? namesByLanguage : nameLine;
  const read = shape.safeParse(value, { reportInput: true });
  if (read.success) return read.data;
  for (const issue of read.error.issues) {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys')
      context.addIssue({ ...refusal('unknown_key', `cannot be given in ${issue.keys.join(', ')}`), path });
    else context.addIssue({ ...refusal(codeOf(issue), wording(issue)), path });
  }
  return z.NEVER;
});

const promise = {
  id: z
    .string()
    .max(40)
    .regex(
      /^[a-z0-9]+(-[a-z0-9]+)*$/,
      'must be lower-case letters, digits and single hyphens, as in "money-back"',
    ),
  name,
  period: z.enum(['month', 'quarter', 'year', 'membership-year', 'lifetime']),
  counts: counts.prefault({}),
  settleAfterDays: days.default(0),
  expires,
  pays,
  for: audience,
  from: z.string().refine(isDay, 'must be a real day written as YYYY-MM-DD, 1900 to 2200'),
};

const ruleShape = z.discriminatedUnion('scheme', [
  z.strictObject({ scheme: z.literal('every'), spend: decimal, back: decimal, ...promise }),
  z.strictObject({
    scheme: z.literal('steps'),
    targets: z
      .array(z.strictObject({ spend: decimal, back: decimal }))
      .min(1)
      .max(50),
    ...promise,
  }),
  z.strictObject({
    scheme: z.literal('bands'),
    mode: z.enum(['whole', 'marginal']),
    bands: z
      .array(z.strictObject({ from: decimal, percent: decimal }))
      .min(1)
      .max(50),
    ...promise,
  }),
]);

/** What a programme file looks like before its decimals are read; unknown keys are refused. */
export const programmeShape = z.strictObject({
  currency: z.string().refine((code) => currencyExponent(code) !== null, {
    error: 'is not a known currency; write its three-letter ISO 4217 code, as in "EUR"',
    params: { code: 'unknown_currency' },
  }),
  timeZone: z.string().refine(isTimeZone, {
    error: 'is not a known time zone; write its name as in "Europe/Kyiv"',
    params: { code: 'unknown_time_zone' },
  }),
  rules: z.array(ruleShape).max(100),
  debt: z.enum(['carry', 'forgive']).default('carry'),
});

export type RuleShape = z.infer<typeof ruleShape>;

function refusal(code: string, message: string) {
  return { code: 'custom', params: { code }, message } as const;
}

/** Forms of reward that DOMAIN.md knows and this version does not pay yet. */
function laterForm(value: unknown): string | null {
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [value];
  return ['extra', 'donation'].find((name) => names.includes(name)) ?? null;
}
