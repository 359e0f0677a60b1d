import { z } from 'zod';
import { statement } from '../../db/query.ts';
import { type Languages, locales } from '../../src/languages.ts';
import { portal } from '../../src/portal.config.ts';
import { recordAct } from '../audit/record-act.ts';
import { allowRole } from '../platform/allow.ts';
import { parseWeek } from '../platform/business-hours.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { currencyExponent, parseDecimal } from '../platform/money.ts';
import { type Business, getBusiness } from './business.ts';

/** One thing the business decides for itself, kept in `settings` as text. */
interface Policy<Value> {
  /** Reads the kept text. */
  schema: z.ZodType<Value>;
  /** In force until something else is set. */
  standard: Value;
  /** What values there are, in words for the command line. */
  about: string;
}

/** Everything a business decides beside its programme; rooms read theirs by {@link policyOf}. */
export interface PolicyValues {
  /** What pages and mail are written in; the first is the business's own. */
  languages: Languages;
  registration: 'open' | 'invitation' | 'approval';
  /** Whether staff need a second factor beside their mail; who has set one up always does. */
  staffFactor: 'required' | 'optional';
  /** Business hours within which who wrote to the business is answered. */
  replyHours: number;
  businessHours: string;
  anonymousFeedback: 'on' | 'off';
  /** Whether pages speak of the club, and of what customers said in public. */
  club: 'on' | 'off';
  voices: 'on' | 'off';
  /** How long one person is left alone between two invitations to surveys. */
  surveyRestDays: number;
  /** What a recommendation is worth: decimal text in the business currency. */
  referral: 'on' | 'off';
  referralOwn: string;
  referralFriend: string;
  /** What the friend's order has to be worth after refunds. */
  referralMinimum: string;
  referralMaxPerMonth: number;
  /** What has to be spent to be let into the club by it, in the currency's own units; `off` for not by spending. */
  clubSpend: string;
  clubSpendPer: 'year' | 'lifetime';
  /** Whether reaching it invites, or lets in at once. */
  clubEntry: 'invite' | 'admit';
  /** What staff may give or take by hand alone: at once, and on a business day. */
  creditAgentAct: string;
  creditAgentDay: string;
  creditManagerAct: string;
  creditManagerDay: string;
}
export type PolicyKey = keyof PolicyValues;

const decimal = z.string().regex(/^\d{1,9}(\.\d{1,4})?$/);

const languages = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.tuple([z.enum(locales)], z.enum(locales)))
  .refine((codes) => new Set(codes).size === codes.length);

export const policies: { [Key in PolicyKey]: Policy<PolicyValues[Key]> } = {
  languages: {
    schema: languages,
    standard: portal.languages,
    about: `what pages and mail are written in, the own language first: one or more of ${locales.join(', ')}, with commas and no spaces`,
  },
  registration: {
    schema: z.enum(['open', 'invitation', 'approval']),
    standard: 'open',
    about: 'who may join: open, invitation or approval',
  },
  staffFactor: {
    schema: z.enum(['required', 'optional']),
    standard: 'required',
    about: 'whether staff need a second factor: required or optional',
  },
  replyHours: {
    schema: z.coerce.number().int().min(1).max(720),
    standard: 16,
    about: 'within how many business hours feedback is answered: a whole number from 1 to 720',
  },
  businessHours: {
    schema: z.string().refine((text) => parseWeek(text) !== null),
    standard: 'Mon-Fri 09:00-17:00',
    about: 'when somebody is there: spans such as Mon-Fri 09:00-17:00, Sat 10:00-14:00',
  },
  anonymousFeedback: {
    schema: z.enum(['on', 'off']),
    standard: 'off',
    about: 'whether feedback without a name is taken: on or off',
  },
  club: {
    schema: z.enum(['on', 'off']),
    standard: 'off',
    about: 'whether there is a club: on or off',
  },
  voices: {
    schema: z.enum(['on', 'off']),
    standard: 'off',
    about: 'whether words of customers are shown in public: on or off',
  },
  surveyRestDays: {
    schema: z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number),
    standard: 60,
    about: 'days between two survey invitations of one person: a whole number from 0 to 999',
  },
  referral: {
    schema: z.enum(['on', 'off']),
    standard: 'off',
    about: 'whether recommending the business is rewarded: on or off',
  },
  referralOwn: {
    schema: decimal,
    standard: '5.00',
    about: 'what who recommends gets: an amount such as 5.00',
  },
  referralFriend: {
    schema: decimal,
    standard: '5.00',
    about: 'what who was recommended gets: an amount such as 5.00',
  },
  referralMinimum: {
    schema: decimal,
    standard: '20.00',
    about: "what the friend's order has to be worth after refunds: an amount such as 20.00",
  },
  referralMaxPerMonth: {
    schema: z
      .string()
      .regex(/^[1-9]\d{0,3}$/)
      .transform(Number),
    standard: 10,
    about:
      'how many people one person recommends in a month before staff look: a whole number from 1 to 9999',
  },
  clubSpend: {
    schema: z.string().regex(/^(off|\d{1,10}(\.\d{1,4})?)$/),
    standard: 'off',
    about: 'the spend that opens the club: off, or an amount such as 1000.00',
  },
  clubSpendPer: {
    schema: z.enum(['year', 'lifetime']),
    standard: 'lifetime',
    about: 'within what the spend of the club is reached: year or lifetime',
  },
  clubEntry: {
    schema: z.enum(['invite', 'admit']),
    standard: 'invite',
    about: 'what reaching the spend of the club does: invite or admit',
  },
  creditAgentAct: {
    schema: decimal,
    standard: '10.00',
    about: 'what an agent may give or take by hand at once, alone: an amount such as 10.00',
  },
  creditAgentDay: {
    schema: decimal,
    standard: '50.00',
    about: 'the same on one business day: an amount such as 50.00',
  },
  creditManagerAct: {
    schema: decimal,
    standard: '100.00',
    about: 'what a manager may give or take by hand at once, alone: an amount such as 100.00',
  },
  creditManagerDay: {
    schema: decimal,
    standard: '500.00',
    about: 'the same on one business day: an amount such as 500.00',
  },
};

export const policyKeys = Object.keys(policies).filter((key): key is PolicyKey => key in policies);

const amountKeys: readonly PolicyKey[] = [
  'referralOwn',
  'referralFriend',
  'referralMinimum',
  'clubSpend',
  'creditAgentAct',
  'creditAgentDay',
  'creditManagerAct',
  'creditManagerDay',
];

/** What is in force for a key. */
export function policyOf<Key extends PolicyKey>(business: Business, key: Key): PolicyValues[Key] {
  const policy = policies[key];
  const kept = business.settings.get(key);
  return kept === undefined ? policy.standard : policy.schema.parse(kept);
}

/** All keys with the text of what is in force. */
export async function showPolicies(ctx: Context): Promise<[key: PolicyKey, value: string][]> {
  const business = await getBusiness(ctx);
  return policyKeys.map((key) => [key, String(policyOf(business, key))]);
}

/**
 * Sets what the business decides; in force from the next request on.
 * @throws {AppError} `forbidden`, `validation_failed`
 */
export async function setPolicy(ctx: Context, key: PolicyKey, value: string): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  if (!policies[key].schema.safeParse(value).success)
    refuse(key, `has to be ${policies[key].about.replace(/^.*: /, '')}`);
  const { currency } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const exponent = currency === null ? null : currencyExponent(currency);
  if (exponent !== null && amountKeys.includes(key) && value !== 'off' && !parseDecimal(value, exponent).ok)
    refuse(key, `has to be an amount of ${currency}, with at most ${exponent} decimals`);
  await ctx.db.write([
    statement(
      `INSERT INTO settings (key, value, set_at, set_by) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value, set_at = excluded.set_at, set_by = excluded.set_by`,
      key,
      value,
      ctx.now(),
      actorName(ctx.actor),
    ),
    recordAct(ctx, { act: 'setting.set', subjectKind: 'setting', subjectId: key, detail: { value } }),
  ]);
}

function refuse(key: PolicyKey, message: string): never {
  throw new AppError('validation_failed', `${key} ${message}.`, {
    errors: [{ path: key, code: 'invalid_value', message }],
  });
}
