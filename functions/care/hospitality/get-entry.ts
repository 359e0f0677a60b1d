import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { findEntry } from './queries.ts';
import { type HospitalityEntry, toEntry } from './to-entry.ts';

/** An entry as it stands now. @throws {AppError} `not_found` */
export async function getEntry(ctx: Pick<Context, 'db'>, id: string): Promise<HospitalityEntry> {
  const [row] = await findEntry(ctx.db.fresh, { id });
  if (row === undefined) throw new AppError('not_found', 'There is no such entry.');
  return toEntry(row);
}
