import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { addDays, isDay } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { streamOf } from '../../reach/exports/stream-of.ts';
import { writeRows } from '../../reach/exports/write-rows.ts';
import { exportMovements } from './export-movements.ts';

/**
 * What the ledgers moved from one business day to another, both included, as a CSV; who took it stands in the log.
 * @throws {AppError} as `exportMovements`
 */
export async function downloadMovements(
  ctx: Context,
  { since, until }: { since: string; until: string },
): Promise<ReadableStream<Uint8Array>> {
  allowRole(ctx.actor, ['owner', 'manager', 'analyst']);
  const table = await exportMovements(ctx, { since, until: isDay(until) ? addDays(until, 1) : until });
  await writeDecision(ctx, {
    audit: {
      kind: 'figures.exported',
      subjectKind: 'export',
      subjectId: 'movements',
      detail: { since, until },
    },
  });
  return streamOf(writeRows(table, 'csv'));
}
