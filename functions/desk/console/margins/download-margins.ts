import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow, allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';
import { exportMargins } from './export-margins.ts';

/** What `exportMargins` tells as a CSV; who took it stands in the log. @throws {AppError} `forbidden`, `proof_needed` */
export async function downloadMargins(ctx: Context): Promise<ReadableStream<Uint8Array>> {
  allow(ctx.actor, 'settings:read');
  allowProven(ctx);
  const table = await exportMargins(ctx);
  await writeDecision(ctx, {
    audit: { kind: 'figures.exported', subjectKind: 'export', subjectId: 'margins' },
  });
  return streamOf(writeRows(table, 'csv'));
}
