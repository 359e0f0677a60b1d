import { anniversary, dayAt, midnight, monthLater } from './calendar.ts';

/** One version of a rule as it was set: the programme file's own words, and what became of it. */
export interface Version {
  ruleId: string;
  version: number;
  until: string | null;
  rule: RuleText;
}

export interface RuleText {
  scheme: 'every' | 'steps' | 'bands';
  spend?: string;
  back?: string;
  targets?: { spend: string; back: string }[];
  mode?: 'whole' | 'marginal';
  bands?: { from: string; percent: string }[];
  period: 'month' | 'quarter' | 'year' | 'membership-year' | 'lifetime';
  counts: { shipping: boolean; tax: boolean; vouchers: boolean; excludeCategories: string[] };
  settleAfterDays: number;
  expires: 'never' | 'period-end' | { months: number };
  pays: 'credit' | object;
  for: 'everyone' | 'club' | 'regulars';
  from: string;
}

/** E(S) of DOMAIN §2, by the letter of its table. */
export function owed(rule: RuleText, spend: bigint): bigint {
  if (spend < 0n) return 0n;
  if (rule.scheme === 'every') return (spend / cents(rule.spend)) * cents(rule.back);
  if (rule.scheme === 'steps') {
    const reached = (rule.targets ?? []).filter((target) => cents(target.spend) <= spend);
    return reached.reduce((sum, { back }) => sum + cents(back), 0n);
  }
  const bands = (rule.bands ?? []).map(({ from, percent }) => ({
    from: cents(from),
    bps: BigInt(Math.round(Number(percent) * 100)),
  }));
  if (rule.mode === 'whole') {
    const highest = bands
      .filter(({ from }) => from <= spend)
      .reduce((best, band) => (band.from >= best.from ? band : best), { from: 0n, bps: 0n });
    return (spend * highest.bps) / 10_000n;
  }
  let product = 0n;
  for (const [index, { from, bps }] of bands.entries()) {
    const next = bands[index + 1]?.from;
    const end = next !== undefined && next <= spend ? next : spend;
    const width = end - from;
    if (width > 0n) product += width * bps;
  }
  return product / 10_000n;
}

/** First day of the period that holds a day, and of the one after it; the last is null for a lifetime. */
export function periodAround(
  rule: Pick<RuleText, 'period' | 'from'>,
  day: string,
  joined: string,
): [string, string | null] {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  if (rule.period === 'month') return [monthLater(day, 0), monthLater(day, 1)];
  if (rule.period === 'quarter') {
    const passed = (month - 1) % 3;
    return [monthLater(day, -passed), monthLater(day, 3 - passed)];
  }
  if (rule.period === 'year') return [`${year}-01-01`, `${year + 1}-01-01`];
  if (rule.period === 'lifetime') return [rule.from, null];
  const thisYear = anniversary(joined, year);
  return thisYear <= day
    ? [thisYear, anniversary(joined, year + 1)]
    : [anniversary(joined, year - 1), thisYear];
}

/**
 * The version a day's lines count for: the one in force when the period began. The first begins at once, with part of
 * a period, and so does one that comes after the rule had ended; any other takes over where a period of its begins.
 */
export function governing(versions: readonly Version[], day: string, joined: string): Version | null {
  let found: Version | null = null;
  for (const [index, version] of versions.entries()) {
    const before = versions[index - 1];
    const isFirst = before === undefined || before.until !== null;
    if (day < version.rule.from) break;
    const [start] = periodAround(version.rule, day, joined);
    if (isFirst || start >= version.rule.from) found = version;
  }
  if (found === null) return null;
  const place = versions.indexOf(found);
  const isOver = versions.slice(place).some(({ until }) => until !== null && day >= until);
  return isOver ? null : found;
}

/** First instant at which a lot no longer counts. */
export function lotEnd(rule: RuleText, datedAt: number, joined: string): number | null {
  if (rule.expires === 'never') return null;
  const day = dayAt(datedAt);
  if (rule.expires !== 'period-end') return midnight(monthLater(day, rule.expires.months + 1));
  const [, end] = periodAround(rule, day, joined);
  return end === null ? null : midnight(end);
}

function cents(text: string | undefined): bigint {
  return BigInt((text ?? '0.00').replace('.', ''));
}
