import { z } from 'zod';
import type { Decision } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowProven, allowRole } from '../../ground/platform/allow.ts';
import { parseWeek } from '../../ground/platform/business-hours.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { FieldError } from '../../ground/platform/errors.ts';
import { currencyExponent, parseDecimal } from '../../ground/platform/money.ts';
import { refuseFields } from '../../ground/platform/parse-input.ts';
import type { House } from '../../ground/room.ts';
import type { Policy } from '../../ground/settings/policy.ts';
import { type Business, getBusiness } from './business.ts';
import { identityKeys, identityParts } from './identity.ts';
import { keepSetting } from './keep-setting.ts';

export const businessHours: Policy<string> = {
  key: 'businessHours',
  schema: z.string().refine((text) => parseWeek(text) !== null),
  standard: 'Mon-Fri 09:00-17:00',
  about: 'when somebody is there: spans such as Mon-Fri 09:00-17:00, Sat 10:00-14:00',
  form: { kind: 'hours' },
};

/** What is in force. */
export function policyOf<Value>(
  { settings }: Pick<Business, 'settings'>,
  { key, schema, standard }: Policy<Value>,
): Value {
  const kept = settings.get(key);
  return kept === undefined ? standard : schema.parse(kept);
}

/**
 * An amount in force, in minor units of the currency of the business, two decimals while there is none: decimals that it
 * does not have are cut off. Null for what is no amount.
 */
export function minorInForce(
  business: Pick<Business, 'settings' | 'currency'>,
  policy: Policy<string>,
): bigint | null {
  const exponent = currencyExponent(business.currency ?? '') ?? 2;
  const [whole = '', fraction = ''] = policyOf(business, policy).split('.');
  const cut = fraction.slice(0, exponent);
  const parsed = parseDecimal(cut === '' ? whole : `${whole}.${cut}`, exponent);
  return parsed.ok ? parsed.minor : null;
}

/** What is in force, as the text that sets it. */
export const textInForce = (business: Pick<Business, 'settings'>, policy: Policy): string =>
  String(policyOf(business, policy));

/** What `settings set` keeps beside currency and time zone: what the business is, then what it decides. */
export interface KeptSetting {
  key: string;
  /** What may be set, in words for the command line. */
  about: string;
}

export function listSettable({ policies }: House): KeptSetting[] {
  const parts = identityKeys.map((key) => ({ key, about: identityParts.get(key)?.about ?? '' }));
  return [...parts, ...policies.map(({ key, about }) => ({ key, about }))];
}

/** All keys with the text of what is in force. */
export async function showPolicies(ctx: Context): Promise<[key: string, value: string][]> {
  const business = await getBusiness(ctx);
  return listSettable(ctx.house).map(({ key }) => [key, termsOf(ctx.house, key)?.inForce(business) ?? '']);
}

/**
 * Sets what the business is or decides; in force from the next request on.
 * @throws {AppError} `forbidden`, `validation_failed`
 */
export function setPolicy(ctx: Context, key: string, value: string): Promise<void> {
  return setPolicies(ctx, [[key, value]]);
}

/**
 * Sets several of them, or none when any is refused.
 * @throws {AppError} `forbidden`, `validation_failed` with all that is wrong
 */
export async function setPolicies(
  ctx: Context,
  wanted: readonly (readonly [key: string, value: string])[],
): Promise<void> {
  const meant = ctx.house.policies.filter(({ key }) => wanted.some(([one]) => one === key));
  allowRole(ctx.actor, meant.some(({ isForOwners }) => isForOwners) ? ['owner'] : ['owner', 'manager']);
  if (meant.some(({ needsProof }) => needsProof)) allowProven(ctx);
  await writeDecision(ctx, await decidePolicies(ctx, wanted));
}

/**
 * What setting some of them writes, for an operation that says itself who may.
 * @throws {AppError} `validation_failed` with all that is wrong, under the keys
 */
export async function decidePolicies(
  ctx: Context,
  wanted: readonly (readonly [key: string, value: string])[],
): Promise<Decision> {
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const read = wanted.map(([key, value]) => readSetting(ctx.house, business, { key, value }));
  refuseFields(read.flatMap((one) => (one.ok ? [] : [one.error])));
  return { also: read.flatMap((one) => (one.ok ? [keepSetting(ctx, one.setting)] : [])) };
}

type Read =
  | { ok: true; setting: { key: string; value: string; before: string } }
  | { ok: false; error: FieldError };

function readSetting(house: House, business: Business, { key, value }: { key: string; value: string }): Read {
  const terms = termsOf(house, key);
  if (terms === null) return wrong(key, 'is not a setting');
  const { about, normal, inForce, isAmount } = terms;
  const text = normal(value);
  if (text === null) return wrong(key, `has to be ${about.replace(/^.*?: /, '')}`);
  const { currency } = business;
  const exponent = currency === null ? null : currencyExponent(currency);
  if (exponent !== null && isAmount && value !== 'off' && !parseDecimal(value, exponent).ok)
    return wrong(key, `has to be an amount of ${currency}, with at most ${exponent} decimals`);
  return { ok: true, setting: { key, value: text, before: inForce(business) } };
}

function wrong(key: string, message: string): Read {
  return { ok: false, error: { path: key, code: 'invalid_value', message } };
}

interface Terms {
  about: string;
  isAmount: boolean;
  /** The text to keep; null when it breaks the rule. */
  normal: (text: string) => string | null;
  inForce: (business: Business) => string;
}

/** Null when nobody declares such a setting. */
function termsOf({ policies }: House, key: string): Terms | null {
  const part = [...identityParts].find(([name]) => name === key)?.[1];
  if (part !== undefined) {
    const { about, normal, textOf } = part;
    return { about, isAmount: false, normal, inForce: ({ identity }) => textOf(identity) };
  }
  const policy = policies.find((one) => one.key === key);
  if (policy === undefined) return null;
  const { about, form, schema } = policy;
  return {
    about,
    isAmount: form?.kind === 'amount',
    normal: (text) => (schema.safeParse(text).success ? text : null),
    inForce: (business) => textInForce(business, policy),
  };
}
