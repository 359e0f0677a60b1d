import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { askedScores, type ScoredKind, scoredKinds } from '../../voice/surveys/asked-parts.ts';
import { scales } from '../../voice/surveys/definition.ts';
import { changeOf, type Opinion, type OpinionChange, opinionOf, type Sums } from '../opinions/opinion.ts';
import { sumsOf } from '../opinions/sums.ts';
import { countSide, listConcernedScores, listPublished, type PublishedRow } from './queries.ts';
import { type CaseRate, type Rate, type Ratio, rateOf, ratioOf } from './rate.ts';

const WEEK_MS = 7 * DAY_MS;
/** Half a year on either side: further away much else has changed. */
const WEEKS_MAX = 26;
const LISTED = 20;
/** An answer from longer before says little about how things were. */
const SCORES_BEFORE_MS = 365 * DAY_MS;
/** Fewer people than these say nothing of the others who were concerned. */
const PEOPLE_MIN = 5;

export interface EffectSide extends CaseRate {
  perWeek: Rate | null;
  perThousandOrders: Rate | null;
}

export interface ScoreEffect {
  kind: ScoredKind;
  /** What each who said it answered last before, and last since. */
  before: Opinion | null;
  after: Opinion | null;
  /** Of those who answered both before and since; null of fewer than five. */
  change: OpinionChange | null;
}

/** What came before and after a published change. That one follows the other does not show that it is because of it. */
export interface Effect {
  id: string;
  name: string;
  text: Record<string, string>;
  publishedAt: number;
  /** Null in the first week, when there is no time to compare. */
  cases: { before: EffectSide; after: EffectSide; ratio: Ratio | null } | null;
}

const changeText = z.record(z.string(), z.string());

/** The newest published changes with the cases of their cause before and after, twenty at the most. @throws {AppError} `forbidden` */
export async function listEffects(ctx: Context): Promise<Effect[]> {
  allow(ctx.actor, 'feedback:read');
  const published = await listPublished(ctx.db, { id: null, limit: LISTED });
  return Promise.all(published.map((one) => effectOf(ctx, one)));
}

/** One of them, with the scores of those who had said it. @throws {AppError} `not_found` (also what is not published), `forbidden` */
export async function getEffect(
  ctx: Context,
  { id }: { id: string },
): Promise<Effect & { scores: ScoreEffect[] }> {
  allow(ctx.actor, 'feedback:read');
  const [published] = await listPublished(ctx.db, { id, limit: 1 });
  if (published === undefined) throw new AppError('not_found', 'There is no such published change.');
  const { publishedAt } = published;
  const [effect, rows] = await Promise.all([
    effectOf(ctx, published),
    listConcernedScores(ctx.db, {
      ...{ id, asked: await askedScores(ctx.db) },
      before: publishedAt,
      since: publishedAt - SCORES_BEFORE_MS,
    }),
  ]);
  return { ...effect, scores: scoredKinds.flatMap((kind) => scoreEffect(kind, rows, publishedAt)) };
}

async function effectOf(
  ctx: Context,
  { changeText: kept, publishedAt, ...cause }: PublishedRow,
): Promise<Effect> {
  const weeks = Math.min(WEEKS_MAX, Math.floor((ctx.now() - publishedAt) / WEEK_MS));
  const told = { ...cause, publishedAt, text: changeText.parse(JSON.parse(kept)) };
  if (weeks < 1) return { ...told, cases: null };
  const [[before], [after]] = await Promise.all([
    countSide(ctx.db, { id: cause.id, from: publishedAt - weeks * WEEK_MS, until: publishedAt }),
    countSide(ctx.db, { id: cause.id, from: publishedAt, until: publishedAt + weeks * WEEK_MS }),
  ]);
  const [was, is] = [sideOf(before, weeks), sideOf(after, weeks)];
  return { ...told, cases: { before: was, after: is, ratio: ratioOf(was, is) } };
}

function sideOf(counted: { cases: number; orders: number } | undefined, weeks: number): EffectSide {
  const { cases, orders } = counted ?? { cases: 0, orders: 0 };
  return {
    ...{ cases, orders, weeks },
    perWeek: rateOf(cases, weeks),
    perThousandOrders: rateOf(cases, orders / 1000),
  };
}

type ScoreRows = Awaited<ReturnType<typeof listConcernedScores>>;

function scoreEffect(kind: ScoredKind, rows: ScoreRows, publishedAt: number): ScoreEffect[] {
  const people = Map.groupBy(
    rows.filter((row) => row.kind === kind),
    ({ customerId }) => customerId,
  );
  const pairs = [...people.values()].map((told) => ({
    before: told.find(({ at }) => at < publishedAt)?.value ?? null,
    after: told.find(({ at }) => at >= publishedAt)?.value ?? null,
  }));
  if (pairs.length === 0) return [];
  const told = (sums: Sums) => (sums.n < PEOPLE_MIN ? null : opinionOf(sums, scales[kind]));
  const both = sumsOf(
    pairs.flatMap(({ before, after }) => (before === null || after === null ? [] : [after - before])),
  );
  return [
    {
      kind,
      before: told(sumsOf(pairs.flatMap(({ before }) => before ?? []))),
      after: told(sumsOf(pairs.flatMap(({ after }) => after ?? []))),
      change: both.n < PEOPLE_MIN ? null : changeOf(both, null),
    },
  ];
}
