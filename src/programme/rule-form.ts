import type { Languages } from '../../functions/ground/identity/languages.ts';
import { shortDecimal } from '../../functions/ground/platform/money.ts';
import { OPEN_FROM } from '../../functions/money/rehearsal/draft.ts';
import { percentText } from '../../functions/money/rewards/programme.ts';
import type { Rule } from '../../functions/money/rewards/types.ts';

/** The forms a rule may take, as the page offers them. */
export const ruleForms = ['every', 'steps', 'whole', 'marginal'] as const;
export type RuleForm = (typeof ruleForms)[number];
export const periods = ['month', 'quarter', 'year', 'membership-year', 'lifetime'] as const;
export const expiries = ['never', 'period-end', 'months'] as const;

type Fields = ReadonlyMap<string, string>;

const ROWS_MAX = 50;
const ROWS_SPARE = 2;
const ROWS_MORE = 5;

export function formOf({ scheme }: Rule): RuleForm {
  return scheme.kind === 'bands' ? scheme.mode : scheme.kind;
}

/** What stands in the fields of a rule. */
export function fieldsOfRule(rule: Rule, exponent: number, languages: Languages): Map<string, string> {
  const money = (minor: bigint) => shortDecimal(minor, exponent);
  const { scheme, counts, pays, expires } = rule;
  const voucher = pays === 'credit' ? { months: 6, minimum: 0n } : pays.voucher;
  const isOn = (flag: boolean) => (flag ? 'yes' : '');
  const amounts: [string, string][] =
    scheme.kind === 'every'
      ? [
          ['spend', money(scheme.spend)],
          ['back', money(scheme.back)],
        ]
      : rowFields(
          scheme.kind === 'steps'
            ? scheme.targets.map(({ spend, back }) => [money(spend), money(back)])
            : scheme.bands.map(({ from, bps }) => [money(from), percentText(bps)]),
        );
  return new Map([
    ...languages.map((language): [string, string] => [
      `name_${language}`,
      typeof rule.name === 'string' ? rule.name : (rule.name[language] ?? ''),
    ]),
    ['form', formOf(rule)],
    ...amounts,
    ['period', rule.period],
    ['from', rule.from === OPEN_FROM ? '' : rule.from],
    ['for', rule.audience],
    ['shipping', isOn(counts.shipping)],
    ['tax', isOn(counts.tax)],
    ['vouchers', isOn(counts.vouchers)],
    ['categories', counts.excludeCategories.join('\n')],
    ['skus', counts.excludeSkus.join('\n')],
    ['pays', pays === 'credit' ? 'credit' : 'voucher'],
    ['voucher_months', String(voucher.months)],
    ['voucher_minimum', voucher.minimum === 0n ? '' : money(voucher.minimum)],
    ['settle', String(rule.settleAfterDays)],
    ['expires', typeof expires === 'string' ? expires : 'months'],
    ['expires_months', typeof expires === 'string' ? '12' : String(expires.months)],
  ]);
}

function rowFields(rows: readonly string[][]): [string, string][] {
  return rows.flatMap(([first = '', second = ''], at): [string, string][] => [
    [`first_${at}`, first],
    [`second_${at}`, second],
  ]);
}

/** The rows that the form shows: those filled in, and a few more. */
export function rowsShown(fields: Fields, more: boolean): number[] {
  const filled = filledRows(fields).at(-1)?.at ?? -1;
  const count = Math.min(ROWS_MAX, filled + 1 + (more ? ROWS_MORE : ROWS_SPARE));
  return Array.from({ length: count }, (_, at) => at);
}

/** With the place in the form that each has. */
export function filledRows(fields: Fields): { at: number; first: string; second: string }[] {
  return Array.from({ length: ROWS_MAX }, (_, at) => ({
    at,
    first: decimal(fields, `first_${at}`),
    second: decimal(fields, `second_${at}`),
  })).filter(({ first, second }) => first !== '' || second !== '');
}

/** The rule as a programme file says it; what cannot be read there is refused by its rules. */
export function ruleJsonOf(id: string, form: RuleForm, fields: Fields, languages: Languages) {
  const text = (name: string) => fields.get(name) ?? '';
  const names = languages.flatMap((language): [string, string][] => {
    const name = text(`name_${language}`);
    return name === '' ? [] : [[language, name]];
  });
  const months = (name: string) => wholeOrText(text(name));
  const from = text('from');
  return {
    id,
    name: Object.fromEntries(names),
    ...schemeJsonOf(form, fields),
    period: text('period'),
    counts: {
      shipping: text('shipping') === 'yes',
      tax: text('tax') === 'yes',
      vouchers: text('vouchers') === 'yes',
      excludeCategories: linesOf(text('categories')),
      excludeSkus: linesOf(text('skus')),
    },
    settleAfterDays: months('settle'),
    expires: text('expires') === 'months' ? { months: months('expires_months') } : text('expires'),
    pays:
      text('pays') === 'voucher'
        ? {
            voucher: { months: months('voucher_months'), minimum: decimal(fields, 'voucher_minimum') || '0' },
          }
        : 'credit',
    for: text('for'),
    ...(from === '' ? {} : { from }),
  };
}

function schemeJsonOf(form: RuleForm, fields: Fields) {
  if (form === 'every')
    return { scheme: 'every', spend: decimal(fields, 'spend'), back: decimal(fields, 'back') };
  const rows = filledRows(fields);
  if (form === 'steps')
    return { scheme: 'steps', targets: rows.map(({ first, second }) => ({ spend: first, back: second })) };
  const bands = rows.map(({ first, second }) => ({ from: first || '0', percent: second }));
  return { scheme: 'bands', mode: form, bands };
}

/** A comma before the decimals is meant as the point that files have. */
function decimal(fields: Fields, name: string): string {
  return (fields.get(name) ?? '').replaceAll(/[\s\u00a0]/g, '').replace(',', '.');
}

function wholeOrText(text: string): number | string {
  return /^\d{1,6}$/.test(text) ? Number(text) : text;
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim() || []);
}
