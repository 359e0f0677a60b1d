import { AppError } from './errors.ts';
import { isExactNumber } from './exact-json.ts';

/**
 * Money as text and as `bigint` minor units. No floating point anywhere: text is cut into digits
 * and the digits become the integer. See DOMAIN.md §2.
 */

/** The largest amount accepted as input, in minor units. */
export const MAX_MINOR = 10n ** 13n;

/** Money inside the house. */
export interface Amount {
  minor: bigint;
  currency: string;
}

/** How money leaves the house in JSON: whole minor units. */
export interface Money {
  amount: number;
  currency: string;
}

export type NotMoney = 'not_a_number' | 'comma' | 'too_many_decimals' | 'negative' | 'too_large';

export type Parsed = { ok: true; minor: bigint } | { ok: false; reason: NotMoney };

/**
 * Reads `12`, `12.5` or `12.50` as minor units of a currency with `exponent` decimals.
 * Refuses signs, exponents, thousands separators and more than `MAX_MINOR`; surrounding space is not trimmed.
 */
export function parseDecimal(text: string, exponent: number): Parsed {
  if (text.length > DECIMAL_LENGTH_MAX) return { ok: false, reason: 'too_large' };
  const match = plainDecimal.exec(text);
  if (match === null) return { ok: false, reason: whyNot(text) };
  const whole = match[1] ?? '';
  const fraction = match[2] ?? '';
  if (fraction.length > exponent) return { ok: false, reason: 'too_many_decimals' };
  const minor = BigInt(whole + fraction.padEnd(exponent, '0'));
  return minor > MAX_MINOR ? { ok: false, reason: 'too_large' } : { ok: true, minor };
}

/** As `parseDecimal`, with an optional leading `+` or `-`. */
export function parseSignedDecimal(text: string, exponent: number): Parsed {
  const isNegative = text.startsWith('-');
  const parsed = parseDecimal(isNegative || text.startsWith('+') ? text.slice(1) : text, exponent);
  if (!parsed.ok && parsed.reason === 'negative') return { ok: false, reason: 'not_a_number' };
  return parsed.ok && isNegative ? { ok: true, minor: -parsed.minor } : parsed;
}

/** Writes minor units as a decimal with exactly `exponent` decimals: `-5.00`, `380`, `0.125`. */
export function formatDecimal(minor: bigint, exponent: number): string {
  const sign = minor < 0n ? '-' : '';
  const digits = (minor < 0n ? -minor : minor).toString();
  if (exponent === 0) return sign + digits;
  const padded = digits.padStart(exponent + 1, '0');
  return `${sign}${padded.slice(0, -exponent)}.${padded.slice(-exponent)}`;
}

/** As `formatDecimal`, without decimals that say nothing: `1.5`, `3`. */
export function shortDecimal(minor: bigint, exponent: number): string {
  const text = formatDecimal(minor, exponent);
  let end = text.length;
  if (exponent > 0) while (text[end - 1] === '0') end -= 1;
  return text.slice(0, text[end - 1] === '.' ? end - 1 : end);
}

/** @throws {AppError} `sum_too_large` for an amount that a JSON number cannot hold exactly */
export function toMoneyJson(minor: bigint, currency: string): Money {
  return { amount: toNumber(minor), currency };
}

/** Minor units for a format that holds numbers only. @throws {AppError} `sum_too_large` where one would round */
export function toNumber(minor: bigint): number {
  if (!isExactNumber(minor)) throw sumTooLarge();
  return Number(minor);
}

/** A sum of more than 2^53 − 1 minor units, which no JSON number holds exactly: refused before it is recorded. */
export const sumTooLarge = () =>
  new AppError('sum_too_large', 'The sums of this account would be larger than can be told exactly.');

/** `Math.min` for money. */
export function smallerOf(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

/** `Math.max` for money. */
export function largerOf(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

/** Decimals of an ISO 4217 currency in use (or replaced within living order histories); null when unknown. */
export function currencyExponent(currency: string): number | null {
  return exponents.get(currency) ?? null;
}

/** More than any amount has, a long row of leading zeros included. */
const DECIMAL_LENGTH_MAX = 2000;
const plainDecimal = /^(\d+)(?:\.(\d+))?$/;
const negativeDecimal = /^-\d+(?:\.\d+)?$/;
const decimalWithComma = /^-?\d[\d.]*,\d[\d.,]*$/;

function whyNot(text: string): NotMoney {
  if (negativeDecimal.test(text)) return 'negative';
  return decimalWithComma.test(text) ? 'comma' : 'not_a_number';
}

const twoDecimals =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF ' +
  'CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK ' +
  'HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR ' +
  'MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP ' +
  'SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ' +
  'ZMW ZWG';

const exponents = new Map<string, number>([
  ...withExponent(2, twoDecimals),
  ...withExponent(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...withExponent(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...withExponent(4, 'CLF UYW'),
]);

function withExponent(exponent: number, codes: string): [string, number][] {
  return codes.split(' ').map((code) => [code, exponent]);
}
