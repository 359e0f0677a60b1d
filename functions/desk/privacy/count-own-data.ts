import { type KeptKind, keptKinds } from '../../../languages/kept-kind.ts';
import { rowsOf } from '../../ground/personal/rows-of.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { findPerson } from '../erasure/find-person.ts';
import { keptKindOf } from './kept-kind-of.ts';
import { listOwnTables } from './own-tables.ts';

/** How much of each kind is kept of the signed-in customer; kinds of which nothing is are left out. @throws {AppError} `unauthenticated` */
export async function countOwnData(ctx: Context): Promise<{ kind: KeptKind; rows: number }[]> {
  const person = await findPerson(ctx, customerIdOf(ctx));
  if (person === null) throw new AppError('unauthenticated', 'Sign in first.');
  const { personal } = ctx.house;
  const kindOf = keptKindOf(ctx.house);
  const sums = new Map<KeptKind, number>();
  const counted = listOwnTables(ctx.house).map(async ({ name }) => {
    const { sql, args } = rowsOf({ tables: personal, person }, name);
    const [row] = await ctx.db.read({ sql: `SELECT count(*) FROM "${name}" WHERE ${sql}`, args });
    const kind = kindOf(name);
    sums.set(kind, (sums.get(kind) ?? 0) + Number(row?.[0] ?? 0));
  });
  await Promise.all(counted);
  return keptKinds.flatMap((kind) => {
    const rows = sums.get(kind) ?? 0;
    return rows === 0 ? [] : [{ kind, rows }];
  });
}
