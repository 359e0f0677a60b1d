import type { Context } from '../../../ground/platform/context.ts';
import { assertOwner } from '../assert-owner.ts';
import { listOpenChanges, type OpenChange } from './queries.ts';

/** What waits to be taken from an owner, the soonest first. @throws {AppError} `forbidden` */
export async function listOwnerChanges(ctx: Context): Promise<OpenChange[]> {
  assertOwner(ctx);
  return listOpenChanges(ctx.db.fresh);
}
