import type { Context } from '../../ground/platform/context.ts';

const kept = ['accounts', 'customers', 'programmes', 'settings'];

/** Whether nothing was ever recorded or set. */
export function isEmpty(ctx: Pick<Context, 'db'>): Promise<boolean> {
  return hasNone(ctx, kept);
}

/** Whether nobody has begun to use a database: nothing was recorded or set in it, nobody let in, nothing done. */
export function isUnused(ctx: Pick<Context, 'db'>): Promise<boolean> {
  return hasNone(ctx, [...kept, 'staff', 'audit_log']);
}

async function hasNone({ db }: Pick<Context, 'db'>, tables: readonly string[]): Promise<boolean> {
  const sql = `SELECT ${tables.map((table) => `EXISTS (SELECT 1 FROM ${table})`).join(' OR ')}`;
  const [row] = await db.fresh.read({ sql, args: [] });
  return row?.[0] === 0n;
}
