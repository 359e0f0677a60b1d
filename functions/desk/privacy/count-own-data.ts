import { type KeptKind, keptKinds } from '../../../languages/kept-kind.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { keptKindOf } from './kept-kind-of.ts';
import { findOwnSubject } from './own-subject.ts';
import { listOwnTables, ownRowsOf } from './own-tables.ts';

/** How much of each kind the signed-in customer takes home; kinds of which nothing is are left out. @throws {AppError} `unauthenticated` */
export async function countOwnData(ctx: Context): Promise<{ kind: KeptKind; rows: number }[]> {
  const person = await findOwnSubject(ctx, customerIdOf(ctx));
  if (person === null) throw new AppError('unauthenticated', 'Sign in first.');
  const tables = listOwnTables(ctx.house);
  const counts = tables.map((table) => ({ name: table.name, ...ownRowsOf(table, person) }));
  // One question for all tables: the database answers it in one go.
  const [row = []] = await ctx.db.read({
    sql: `SELECT ${counts.map(({ name, sql }) => `(SELECT count(*) FROM "${name}" WHERE ${sql})`).join(', ')}`,
    args: counts.flatMap(({ args }) => args),
  });
  const kindOf = keptKindOf(ctx.house);
  const sums = new Map<KeptKind, number>();
  for (const [at, { name }] of tables.entries()) {
    const kind = kindOf(name);
    sums.set(kind, (sums.get(kind) ?? 0) + Number(row[at] ?? 0));
  }
  return keptKinds.flatMap((kind) => {
    const rows = sums.get(kind) ?? 0;
    return rows === 0 ? [] : [{ kind, rows }];
  });
}
