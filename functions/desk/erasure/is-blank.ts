import type { Statement, Value } from '../../../db/store.ts';
import type { ColumnFate } from '../../ground/personal/personal-data.ts';
import { type Bound, bindWords, type RowsAsked, rowsOf } from '../../ground/personal/rows-of.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { KnownSubject } from './find-person.ts';
import type { WordsChoice } from './terms.ts';

/** Whether all stands as erasing somebody leaves it: also of who has no name by which texts could know them. */
export async function isBlank(ctx: Context, person: KnownSubject, words: WordsChoice): Promise<boolean> {
  if (person.words.length > 0) return false;
  const asked = { tables: ctx.house.personal, person, now: ctx.now() };
  const rows = await ctx.db.fresh.read(anythingLeft(asked, words));
  return rows.length === 0;
}

function anythingLeft(asked: RowsAsked, words: WordsChoice): Statement {
  const args: Value[] = [];
  const looks = Object.entries(asked.tables).flatMap(([name, { of, columns, isDeleted }]) => {
    if (of === null) return [];
    const rows = rowsOf(asked, name);
    const others = Object.entries(columns).flatMap(([column, fate]) => otherThan(column, fate, asked, words));
    if (isDeleted !== true && others.length === 0) return [];
    args.push(...rows.args);
    if (isDeleted === true) return [`SELECT 1 FROM ${name} WHERE ${rows.sql}`];
    args.push(...others.flatMap((one) => one.args));
    return [`SELECT 1 FROM ${name} WHERE (${rows.sql}) AND (${others.map(({ sql }) => sql).join(' OR ')})`];
  });
  return { sql: `${looks.join(' UNION ALL ')} LIMIT 1`, args };
}

/** Where a column holds something else; of texts that only lose names nothing is to be said of who has none. */
function otherThan(column: string, fate: ColumnFate, asked: RowsAsked, words: WordsChoice): Bound[] {
  if ('to' in fate) {
    const to = bindWords(fate.to, asked);
    return [{ sql: `${column} IS NOT (${to.sql})`, args: to.args }];
  }
  if (!('words' in fate) || words === 'kept') return [];
  return [{ sql: `(${column} IS NOT NULL AND ${column} IS NOT (${fate.words}))`, args: [] }];
}
