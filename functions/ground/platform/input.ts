import { z } from 'zod';
import { isDay } from './calendar.ts';
import { EMAIL_LENGTH_MAX, knownEmail, normalEmail } from './email.ts';
import { currencyExponent, MAX_MINOR } from './money.ts';
import { parseInstantOrDate } from './time-text.ts';

/** The building blocks of what the API reads (DOMAIN §4): bounded, strict, free of NUL. */

/** A refusal of our own inside a schema: `code` is what the caller can act upon. */
export function issue(code: string, message: string, path: PropertyKey[] = []) {
  return { code: 'custom' as const, params: { code }, message, path };
}

/** A name that identifies something: trimmed, on one line, not empty. */
export function identifier(length_max: number) {
  return z.string().trim().min(1).max(length_max).refine(isPlain, notPlain);
}

/** An id of ours in an address: what it names is told in the API's document. */
export const idOf = (what: string) =>
  z
    .string()
    .max(100)
    .meta({ description: `The id of the ${what}.`, examples: ['0199c1d2e3f47a5b8c6d7e8f90a1b2c3'] });

/** Where the next page of a list begins. */
export const pageCursor = z
  .string()
  .min(1)
  .max(500)
  .meta({ description: '`nextCursor` of the page before; the first page without it.' });

/** Words of people: may be empty and have several lines; empty means absent. */
export function freeText(length_max: number) {
  return z
    .string()
    .trim()
    .max(length_max)
    .refine(isStorable, { params: { code: 'invalid_text' }, message: 'has characters that no text may have' })
    .nullish()
    .transform(absentWhenEmpty);
}

/** Words on one line; may be empty. */
export function lineOfText(length_max: number) {
  return z.string().trim().max(length_max).refine(isPlain, notPlain);
}

/** An optional name on one line; null, empty and absent mean the same. */
export function optionalName(length_max: number) {
  return z.string().trim().max(length_max).refine(isPlain, notPlain).nullish().transform(absentWhenEmpty);
}

const notPlain = { params: { code: 'invalid_text' }, message: 'has characters that no name may have' };

const absentWhenEmpty = (text: string | null | undefined) => (text ? text : null);

/** An address that may become new to us. */
export const email = emailBy(normalEmail);

/** An address that has to be found also where an earlier release kept it in a form that is refused today. */
export const emailOfKnown = emailBy(knownEmail);

function emailBy(read: (typed: string) => string | null) {
  return z
    .string()
    .max(EMAIL_LENGTH_MAX * 4)
    .transform((typed, context) => {
      const address = read(typed);
      if (address !== null) return address;
      context.addIssue(issue('invalid_email', 'has to be an email address such as ann@example.com'));
      return z.NEVER;
    })
    .meta({ format: 'email', examples: ['ann@example.com'] });
}

/** An ISO 4217 code in capitals. */
export const currency = z
  .string()
  .refine((code) => currencyExponent(code) !== null, {
    params: { code: 'unknown_currency' },
    message: 'has to be a currency of ISO 4217 such as EUR',
  })
  .meta({ pattern: '^[A-Z]{3}$', examples: ['EUR'] });

/** M of DOMAIN §4: whole minor units, 0 to 10^13. Stays as it came; see `minor`. */
export const money = z
  .strictObject({ amount: z.int().min(0).max(Number(MAX_MINOR)), currency })
  .meta({ id: 'Money', description: 'Whole minor units of the currency: 1177 with USD is 11.77.' });
export type MoneyInput = z.infer<typeof money>;

/** M above zero. */
export const positiveMoney = z.strictObject({ amount: z.int().min(1).max(Number(MAX_MINOR)), currency });

/** The amount as the house counts it. */
export const minor = ({ amount }: MoneyInput): bigint => BigInt(amount);

/** An instant of RFC 3339 with its offset, as epoch milliseconds; finer than that is cut off. */
export const instant = z
  .string()
  .transform((text, context) => {
    const parsed = rfc3339.test(text) ? parseInstantOrDate(text) : null;
    if (parsed?.ok && parsed.kind === 'instant') return parsed.ms;
    context.addIssue(issue('invalid_time', 'has to be a time with an offset such as 2026-03-01T10:00:00Z'));
    return z.NEVER;
  })
  .meta({ format: 'date-time', examples: ['2026-03-01T10:00:00Z'] });

/** A calendar date without a time. */
export const day = z
  .string()
  .refine(isDay, {
    params: { code: 'invalid_date' },
    message: 'has to be a date such as 2026-03-05',
  })
  .meta({ format: 'date', examples: ['2026-03-05'] });

/** A link that a customer may follow: http or https, nothing else. */
export const webAddress = z
  .string()
  .trim()
  .max(2000)
  .refine(isWebAddress, {
    params: { code: 'invalid_url' },
    message: 'has to be a web address that starts with https:// or http://',
  })
  .meta({ format: 'uri', examples: ['https://track.example.com/123'] });

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

function isPlain(text: string): boolean {
  return text.isWellFormed() && !controls.test(text);
}

export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function isWebAddress(text: string): boolean {
  if (!isPlain(text) || /\s/.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
