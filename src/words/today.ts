import type { StretchFigures, TodayFigures } from '../../functions/desk/today/get-figures.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import { currencyExponent } from '../../functions/ground/platform/money.ts';
import type { Stretch } from '../../functions/ground/platform/period.ts';
import type { Messages } from '../locale.ts';

/** One figure of a period beside the one before. */
export interface FigureRow {
  name: string;
  /** Where its list is, a path of the console. */
  href: string | null;
  now: string;
  before: string;
  change: string;
}

interface Wording {
  t: Messages;
  formats: Formats;
}

/** The figures as rows of a table, each with where its list is; who may not read the books gets no way to them. */
export function figureRows(
  { now, before, currency, period }: TodayFigures,
  { t, formats, readsBooks }: Wording & { readsBooks: boolean },
): FigureRow[] {
  const { number } = formats;
  const days = `since=${period.since}&until=${period.until}`;
  const count = (name: string, href: string | null, of: (figures: StretchFigures) => number): FigureRow => ({
    ...{ name, href, now: number(of(now)), before: number(of(before)) },
    change: changeWords(BigInt(of(now)), BigInt(of(before)), formats),
  });
  const sum = (
    name: string,
    href: string | null,
    code: string,
    of: (figures: StretchFigures) => bigint,
  ): FigureRow => ({
    ...{ name, href },
    now: formats.money({ minor: of(now), currency: code }),
    before: formats.money({ minor: of(before), currency: code }),
    change: changeWords(of(now), of(before), formats),
  });
  const orders = `/console/orders?${days}`;
  const ofOther = (code: string) => (figures: StretchFigures) =>
    figures.others.find((other) => other.currency === code)?.spendMinor ?? 0n;
  const others = new Set([...now.others, ...before.others].map((other) => other.currency));
  const told = (kind: keyof StretchFigures['told']) =>
    count(t[`today_told_${kind}`](), `/console/feedback?kind=${kind}`, (figures) => figures.told[kind]);
  const promised = (name: string, href: string | null, what: keyof StretchFigures['promises']) =>
    count(name, href, (figures) => figures.promises[what]);
  const books = readsBooks ? `/console/proof/movements?period=days&${days}` : null;
  return [
    ...(currency === null
      ? []
      : [
          sum(t.today_spend(), `${orders}&currency=${currency}`, currency, ({ spendMinor }) => spendMinor),
          ...[...others].map((code) =>
            sum(t.today_spend_in({ currency: code }), `${orders}&currency=${code}`, code, ofOther(code)),
          ),
          count(t.today_orders(), orders, allOrders),
          count(t.today_cancelled(), `${orders}&state=cancelled`, ({ cancelled, others: rest }) =>
            rest.reduce((all, other) => all + other.cancelled, cancelled),
          ),
          count(t.today_active(), orders, ({ active }) => active),
          sum(t.today_given(), books, currency, ({ givenMinor }) => givenMinor),
          sum(t.today_taken_back(), books, currency, ({ takenBackMinor }) => takenBackMinor),
          sum(t.today_redeemed(), books, currency, ({ redeemedMinor }) => redeemedMinor),
          sum(t.today_lapsed(), books, currency, ({ lapsedMinor }) => lapsedMinor),
          sum(t.today_corrected(), books, currency, ({ correctedMinor }) => correctedMinor),
        ]),
    promised(t.today_promises_beaten(), null, 'beaten'),
    promised(t.today_promises_kept(), null, 'kept'),
    promised(t.today_promises_broken(), '/console/orders?promise=late', 'broken'),
    ...(['praise', 'question', 'idea', 'problem', 'complaint'] as const).map(told),
  ];
}

function allOrders({ orders, others }: StretchFigures): number {
  return others.reduce((sum, other) => sum + other.orders, orders);
}

/** By how much a figure grew, as a per cent with its sign; a dash where there was nothing before. */
export function changeWords(now: bigint, before: bigint, { percent }: Formats): string {
  if (before <= 0n) return '–';
  const bps = Number(((now - before) * 10_000n) / before);
  const whole = Math.round(bps / 100) * 100;
  if (whole === 0) return percent(0);
  return `${whole > 0 ? '+' : '\u2212'}${percent(Math.abs(whole))}`;
}

/** The days of a stretch, in words. */
export function stretchWords({ since, until }: Stretch, t: Messages, { date }: Formats): string {
  return since === until ? date(since) : t.today_stretch({ since: date(since), until: date(until) });
}

type Part = StretchFigures['parts'][number];

/** What charts draw: money as plain numbers of its unit, the parts of both periods side by side. */
export function chartPlaces({ now, before, currency }: TodayFigures, { shortDate }: Formats) {
  const units = 10 ** (currencyExponent(currency ?? '') ?? 2);
  const money = (minor: bigint) => Number(minor) / units;
  const length = Math.max(now.parts.length, before.parts.length);
  const labelOf = (at: number) => shortDate(now.parts[at]?.since ?? before.parts[at]?.since ?? '2000-01-01');
  const beside = (of: (part: Part) => number) =>
    Array.from({ length }, (_, at) => {
      const [was, is] = [before.parts[at], now.parts[at]];
      return { label: labelOf(at), values: [was ? of(was) : null, is ? of(is) : null] as const };
    });
  return {
    spend: beside(({ spendMinor }) => money(spendMinor)),
    orders: beside(({ orders }) => orders),
    rewards: now.parts.map(({ since, givenMinor, redeemedMinor }) => ({
      label: shortDate(since),
      values: [money(givenMinor), money(redeemedMinor)] as const,
    })),
  };
}
