import {
  type ContactFigures,
  type ContactNumbersAsked,
  type ContactNumbersRow,
  getContactNumbers,
} from '../../../care/contacts/numbers/get-contact-numbers.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { Stretch } from '../../../ground/platform/period.ts';
import { csvLine } from '../../../reach/exports/csv.ts';

const columns = [
  ...[
    'period',
    'since',
    'until',
    'staff',
    'channel',
    'incoming',
    'outgoing',
    'missed',
    'unreached',
    'seconds',
    'timed',
  ],
  ...['waited', 'answered', 'median_seconds', 'ninth_seconds', 'satisfaction_sum', 'satisfied'],
] as const;

/** By person and channel, of a period and the one before; who took it stands in the log. @throws {AppError} as `getContactNumbers` */
export async function downloadContactNumbers(ctx: Context, asked: ContactNumbersAsked): Promise<string> {
  const { period, both } = await getContactNumbers(ctx, asked);
  await writeDecision(ctx, {
    audit: {
      kind: 'figures.exported',
      subjectKind: 'export',
      subjectId: 'contacts',
      detail: { since: period.since, until: period.until },
    },
  });
  return [
    csvLine(columns),
    ...both.map((row) => line('before', period.before, { row, figures: row.before })),
    ...both.map((row) => line('now', period, { row, figures: row.now })),
  ].join('');
}

function line(
  name: string,
  { since, until }: Stretch,
  { row, figures }: { row: ContactNumbersRow; figures: ContactFigures },
): string {
  const seconds = (ms: number | null) => (ms === null ? null : Math.round(ms / 1000));
  const { incoming, outgoing, missed, unreached, timed, waited, answered } = figures;
  return csvLine([
    ...[name, since, until, row.staff?.name ?? null, row.channel],
    ...[incoming, outgoing, missed, unreached, figures.seconds, timed, waited, answered],
    ...[seconds(figures.medianMs), seconds(figures.ninthMs), figures.satisfactionSum, figures.satisfied],
  ]);
}
