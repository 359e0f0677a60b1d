import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import type { PeriodAsked } from '../../ground/platform/period.ts';
import { csvLine, csvNumber } from '../../reach/exports/csv.ts';
import { getFigures, type PartFigures } from './get-figures.ts';

const columns = [
  'period',
  'since',
  'until',
  'currency',
  'orders',
  'cancelled',
  'spend',
  'rewards_given',
  'rewards_taken_back',
  'rewards_redeemed',
  'rewards_lapsed',
  'rewards_corrected',
];

/** The parts of a period and of the one before as CSV. @throws {AppError} as `getFigures` */
export async function downloadFigures(ctx: Context, asked: PeriodAsked): Promise<string> {
  const { now, before, currency, period } = await getFigures(ctx, asked);
  await writeDecision(ctx, {
    audit: {
      kind: 'figures.exported',
      subjectKind: 'export',
      subjectId: 'figures',
      detail: { since: period.since, until: period.until },
    },
  });
  const money = (minor: bigint) => csvNumber(formatDecimal(minor, currencyExponent(currency ?? '') ?? 2));
  const line = (name: string, part: PartFigures) =>
    csvLine([
      ...[name, part.since, part.until, currency, part.orders, part.cancelled, money(part.spendMinor)],
      ...[money(part.givenMinor), money(part.takenBackMinor), money(part.redeemedMinor)],
      ...[money(part.lapsedMinor), money(part.correctedMinor)],
    ]);
  return [
    csvLine(columns),
    ...before.parts.map((part) => line('before', part)),
    ...now.parts.map((part) => line('now', part)),
  ].join('');
}
