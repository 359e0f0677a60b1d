import { type KeySummary, listKeys } from '../../ground/keys/list-keys.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type LastAct, listLastActs } from './last-acts.ts';

/** A key as its page shows it; `made` is null where the log does not tell who made it. */
export type MadeKey = KeySummary & { made: LastAct | null };

/** Every key there ever was, newest first, with who made it. @throws {AppError} `forbidden` */
export async function listMadeKeys(ctx: Context): Promise<MadeKey[]> {
  const keys = await listKeys(ctx);
  const ids = keys.map(({ id }) => id);
  const acts = await listLastActs(ctx.db, { kind: 'key.added', subjectKind: 'key', ids });
  return keys.toReversed().map((key) => ({ ...key, made: acts.get(key.id) ?? null }));
}
