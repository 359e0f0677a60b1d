import type { Context } from '../../../ground/platform/context.ts';
import { signedInPerson } from '../known-person.ts';
import { listPasskeyRows } from './queries.ts';

export interface PasskeyItem {
  id: string;
  name: string;
  createdAt: number;
  lastUsedAt: number | null;
}

/** One's own passkeys, the oldest first. @throws {AppError} `unauthenticated` */
export async function listPasskeys(ctx: Context): Promise<PasskeyItem[]> {
  const rows = await listPasskeyRows(ctx.db.fresh, { ...signedInPerson(ctx.actor) });
  return rows.map(({ id, name, createdAt, lastUsedAt }) => ({ id, name, createdAt, lastUsedAt }));
}
