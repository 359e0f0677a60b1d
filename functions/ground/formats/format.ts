import { built } from '../../../languages/built.ts';
import type { Locale } from '../identity/languages.ts';
import { dayOf } from '../platform/business-time.ts';
import { DAY_MS } from '../platform/calendar.ts';
import type { Moment } from '../platform/moment.ts';
import type { Amount } from '../platform/money.ts';
import { currencyExponent, formatDecimal } from '../platform/money.ts';

/** How one language and time zone write money, dates and numbers. */
export interface Formats {
  money: (amount: Amount) => string;
  /** As `money`, always with its sign. */
  signedMoney: (amount: Amount) => string;
  number: (value: number) => string;
  /** Basis points as a per cent. */
  percent: (bps: number) => string;
  /** A calendar date `YYYY-MM-DD`. */
  date: (day: string) => string;
  /** The same without its year, for a chart. */
  shortDate: (day: string) => string;
  /** The business's calendar day of an instant. */
  day: (at: number) => string;
  /** The month of an instant and its year. */
  month: (at: number) => string;
  /** The calendar day of a moment. */
  dayOf: (moment: Moment) => string;
  /** Day and clock time; only the day of what is known by its day. */
  moment: (moment: Moment) => string;
  /** Clock time of an instant. */
  time: (at: number) => string;
  /** A country by its two letters. */
  country: (code: string) => string;
  /** For `<time datetime>`. */
  iso: (moment: Moment) => string;
}

const kept = new Map<string, Formats>();

/** Formatters are dear to make, so each language and time zone has one set for the life of the process. */
export function formatsOf(locale: Locale, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`;
  const known = kept.get(key);
  if (known) return known;
  const made = makeFormats(built[locale].region, timeZone);
  kept.set(key, made);
  return made;
}

/** The last day of a period that ends before a day, as people say it. */
export function lastDay(end: string): string {
  return new Date(Date.parse(end) - DAY_MS).toISOString().slice(0, 10);
}

function makeFormats(region: string, timeZone: string): Formats {
  const plain = moneyFormats(region, 'auto');
  const signed = moneyFormats(region, 'exceptZero');
  const number = new Intl.NumberFormat(region);
  const percent = new Intl.NumberFormat(region, { style: 'percent', maximumFractionDigits: 2 });
  const calendar = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  const date = new Intl.DateTimeFormat(region, { ...calendar, timeZone: 'UTC' });
  const dayAndMonth = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const dates = new Map<string, string>();
  const time = new Intl.DateTimeFormat(region, { ...clock, timeZone });
  const dayAndTime = new Intl.DateTimeFormat(region, { ...calendar, ...clock, timeZone });
  const monthAndYear = new Intl.DateTimeFormat(region, { month: 'long', year: 'numeric', timeZone });
  // The same few thousand days are shown again and again.
  const formatDate = (text: string) => {
    const known = dates.get(text);
    if (known !== undefined) return known;
    const written = date.format(Date.parse(text));
    dates.set(text, written);
    return written;
  };
  const formatDay = (at: number) => formatDate(dayOf(at, timeZone));
  return {
    money: plain,
    signedMoney: signed,
    number: (value) => number.format(value),
    percent: (bps) => percent.format(bps / 10_000),
    date: formatDate,
    shortDate: (day) => dayAndMonth.format(Date.parse(day)),
    day: formatDay,
    month: (at) => monthAndYear.format(at),
    dayOf: (moment) => (moment.day === null ? formatDay(moment.at) : formatDate(moment.day)),
    moment: (moment) => (moment.day === null ? dayAndTime.format(moment.at) : formatDate(moment.day)),
    time: (at) => time.format(at),
    country: (code) => countryIn(region, code),
    iso: (moment) => moment.day ?? new Date(moment.at).toISOString(),
  };
}

/** Seldom asked for: no formatter is kept. */
function countryIn(region: string, code: string): string {
  return new Intl.DisplayNames(region, { type: 'region' }).of(code) ?? code;
}

function moneyFormats(region: string, signDisplay: 'auto' | 'exceptZero') {
  const byCurrency = new Map<string, (minor: bigint) => string>();
  return ({ minor, currency }: Amount) => {
    const known = byCurrency.get(currency);
    if (known) return known(minor);
    const made = moneyFormat({ region, signDisplay, currency });
    byCurrency.set(currency, made);
    return made(minor);
  };
}

function moneyFormat({
  region,
  signDisplay,
  currency,
}: {
  region: string;
  signDisplay: 'auto' | 'exceptZero';
  currency: string;
}) {
  const exponent = currencyExponent(currency) ?? 2;
  const format = new Intl.NumberFormat(region, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    signDisplay,
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  return (minor: bigint) => {
    const text = formatDecimal(minor, exponent);
    // A hyphen is too short and too low beside figures.
    return isDecimal(text) ? format.format(text).replace('-', '\u2212') : text;
  };
}

/** Intl takes decimal text as exact, which no number above 2^53 is. */
const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);
