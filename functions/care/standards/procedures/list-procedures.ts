import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { listProcedureRows, type ProcedureRow } from '../queries.ts';
import { type ProcedureStep, readSteps } from './steps.ts';

/** What is done about one kind of feedback, or a contact, step by step. */
export interface Procedure extends Omit<ProcedureRow, 'steps'> {
  steps: ProcedureStep[];
}

/** Those that hold. @throws {AppError} `forbidden`, `scope_missing` */
export async function listProcedures(ctx: Context): Promise<Procedure[]> {
  allow(ctx.actor, 'feedback:read');
  const rows = await listProcedureRows(ctx.db);
  return rows.map((row) => ({ ...row, steps: readSteps(row.steps) }));
}

/** The procedure for something: that of its channel, else that of any; null where there is none. */
export function pickProcedure(
  all: readonly Procedure[],
  { kind, channel }: { kind: string; channel: string },
): Procedure | null {
  const ofKind = all.filter((one) => one.kind === kind);
  return ofKind.find((one) => one.channel === channel) ?? ofKind.find((one) => one.channel === null) ?? null;
}
