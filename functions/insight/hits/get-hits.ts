import { statement } from '../../../db/query.ts';
import type { Row } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { daysAsked } from '../../ground/platform/asked-days.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import {
  type PeriodAsked,
  readPeriod,
  type ShownPeriod,
  type Stretch,
} from '../../ground/platform/period.ts';
import { getBusiness } from '../../money/business/business.ts';

/** Hits of a period and of the one before. */
export interface ComparedHits {
  now: number;
  before: number;
}

export interface PageHits extends ComparedHits {
  page: string;
}

export interface HitsView {
  period: ShownPeriod;
  total: ComparedHits;
  /** The most read first. */
  pages: PageHits[];
  languages: (ComparedHits & { language: string })[];
  /** By page and language. */
  both: (PageHits & { language: string })[];
  parts: { now: HitsPart[]; before: HitsPart[] };
}

export interface HitsPart extends Stretch {
  hits: number;
}

export interface HitsAsked extends PeriodAsked {
  /** Only what was read in it; null for all. */
  language: string | null;
}

/** How often pages were read, by business day. @throws {AppError} `forbidden`, `scope_missing` */
export async function getHits(ctx: Context, { language, ...asked }: HitsAsked): Promise<HitsView> {
  allow(ctx.actor, 'customers:read');
  const { timeZone } = await getBusiness(ctx);
  const period = readPeriod(asked, dayOf(ctx.now(), timeZone));
  const [rows, days] = await Promise.all([
    ctx.db.read(byPage({ period, language })),
    ctx.db.read(byDay({ period, language })),
  ]);
  const both = rows.map(toPage).toSorted(byHits);
  const dayHits = days.map(([day, hits]) => ({ day: String(day), hits: Number(hits) }));
  const partOf = (part: Stretch) => ({
    ...part,
    hits: dayHits.reduce(
      (sum, { day, hits }) => (day >= part.since && day <= part.until ? sum + hits : sum),
      0,
    ),
  });
  return {
    period,
    total: sumOf(both),
    pages: grouped(both, (row) => row.page).map(([page, sums]) => ({ page, ...sums })),
    languages: grouped(both, (row) => row.language).map(([code, sums]) => ({ language: code, ...sums })),
    both,
    parts: { now: period.parts.map(partOf), before: period.partsBefore.map(partOf) },
  };
}

/**
 * The same of exactly the days that a program asks for.
 * @throws {AppError} `validation_failed` as {@link daysAsked}; as {@link getHits}
 */
export async function getHitsOfDays(
  ctx: Context,
  { since, until, language }: Omit<HitsAsked, 'period'>,
): Promise<HitsView> {
  allow(ctx.actor, 'customers:read');
  const { timeZone } = await getBusiness(ctx);
  const days = daysAsked({ since, until }, dayOf(ctx.now(), timeZone));
  return getHits(ctx, { period: 'days', ...days, language });
}

/** Hits of each day, page and language of a period, for a file. @throws {AppError} as {@link getHits} */
export async function listDailyHits(
  ctx: Context,
  { language, ...asked }: HitsAsked,
): Promise<{ day: string; page: string; language: string; hits: number }[]> {
  allow(ctx.actor, 'customers:read');
  const { timeZone } = await getBusiness(ctx);
  const { since, until } = readPeriod(asked, dayOf(ctx.now(), timeZone));
  const rows = await ctx.db.read(
    statement(
      `SELECT day, page, language, hits FROM page_hits
       WHERE day BETWEEN ? AND ? AND (?3 IS NULL OR language = ?3) ORDER BY day, page, language`,
      since,
      until,
      language,
    ),
  );
  return rows.map(([day, page, code, hits]) => ({
    ...{ day: String(day), page: String(page), language: String(code), hits: Number(hits) },
  }));
}

interface Within {
  period: ShownPeriod;
  language: string | null;
}

const byPage = ({ period: { since, until, before }, language }: Within) =>
  statement(
    `SELECT page, language, sum(CASE WHEN day >= ?1 THEN hits ELSE 0 END), sum(CASE WHEN day <= ?2 THEN hits ELSE 0 END)
     FROM page_hits WHERE day BETWEEN ?3 AND ?4 AND (?5 IS NULL OR language = ?5) GROUP BY page, language`,
    since,
    before.until,
    before.since,
    until,
    language,
  );

const byDay = ({ period: { until, before }, language }: Within) =>
  statement(
    'SELECT day, sum(hits) FROM page_hits WHERE day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR language = ?3) GROUP BY day',
    before.since,
    until,
    language,
  );

const toPage = ([page, language, now, before]: Row) => ({
  ...{ page: String(page), language: String(language), now: Number(now), before: Number(before) },
});

const byHits = (one: PageHits, other: PageHits) =>
  other.now - one.now || other.before - one.before || (one.page < other.page ? -1 : 1);

const sumOf = (rows: readonly ComparedHits[]): ComparedHits => ({
  now: rows.reduce((sum, { now }) => sum + now, 0),
  before: rows.reduce((sum, { before }) => sum + before, 0),
});

/** Sums of rows that have one thing in common, the most read first. */
function grouped<One extends ComparedHits>(
  rows: readonly One[],
  of: (row: One) => string,
): [string, ComparedHits][] {
  const sums = [...Map.groupBy(rows, of)].map(([key, those]): [string, ComparedHits] => [key, sumOf(those)]);
  return sums.toSorted(([, one], [, other]) => other.now - one.now || other.before - one.before);
}
