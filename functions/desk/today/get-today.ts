import type { Context } from '../../ground/platform/context.ts';
import type { PeriodAsked } from '../../ground/platform/period.ts';
import { getBusiness } from '../../money/business/business.ts';
import { getScores, type Score } from '../../voice/surveys/get-scores.ts';
import { getOverview } from '../console/get-overview.ts';
import type { ConsoleOverview } from '../console/types.ts';
import { getFigures, type TodayFigures } from './get-figures.ts';
import { getOwed, type OwedSteps } from './get-owed.ts';
import { type Hands, listHands } from './list-hands.ts';
import { spanOf } from './queries.ts';

/** What staff begin their day with. */
export interface Today {
  hands: Hands;
  figures: TodayFigures;
  scores: readonly Score[];
  owed: OwedSteps;
  overview: ConsoleOverview;
}

/** First what needs a hand, then how it goes, then what runs by itself. @throws {AppError} `unauthenticated`, `forbidden` */
export async function getToday(ctx: Context, asked: PeriodAsked): Promise<Today> {
  const [hands, { figures, scores }, owed, overview] = await Promise.all([
    listHands(ctx),
    getNumbers(ctx, asked),
    getOwed(ctx),
    getOverview(ctx),
  ]);
  return { hands, figures, scores, owed, overview };
}

async function getNumbers(ctx: Context, asked: PeriodAsked): Promise<Pick<Today, 'figures' | 'scores'>> {
  const [{ timeZone }, figures] = await Promise.all([getBusiness(ctx), getFigures(ctx, asked)]);
  const { period } = figures;
  const spans = { now: spanOf(period, timeZone), before: spanOf(period.before, timeZone) };
  return { figures, scores: await getScores(ctx, spans) };
}
