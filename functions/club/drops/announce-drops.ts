import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { insertInto, query } from '../../../db/query.ts';
import { dropClosings, dropNotices, drops, dropWindows } from '../../../db/schema/index.ts';
import { isConflictOn, type Store, StoreUnavailable } from '../../../db/store.ts';
import { getBusiness } from '../../business/business.ts';
import { queueMail } from '../../mail/queue-mail.ts';
import type { Context } from '../../platform/context.ts';
import { smallerOf } from '../../platform/money.ts';
import { reasonOf } from '../../platform/reason-of.ts';
import { levelOf } from '../level.ts';
import { listPeopleOf } from '../queries.ts';
import { loadLevels } from '../standing.ts';
import { readTexts } from '../texts.ts';
import { titlesOf } from './statements.ts';

const insertNotice = insertInto(dropNotices);
const ACCOUNTS_PER_STEP = 200;

/** Tells every member once, by mail, that a drop has opened to them. */
export async function announceDrops(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const open = await listOpenDrops(db, { now });
  if (open.length === 0) return 0;
  const [levels, { currency }] = await Promise.all([loadLevels(db), getBusiness({ ...ctx, db })]);
  let told = 0;
  for (const drop of open) {
    const froms = drop.levels
      .split(' ')
      .map((key) => levels.find((level) => level.key === key)?.fromMinor ?? 0n);
    const lowest = levelOf(levels, 0n)?.fromMinor ?? 0n;
    const fromMinor = froms.reduce(smallerOf, froms[0] ?? 0n);
    const asked = {
      dropId: drop.id,
      now,
      currency: currency ?? '',
      fromMinor,
      isForAll: fromMinor <= lowest ? 1 : 0,
    };
    told += await tell(ctx, drop, (after) => listUntold(db, { ...asked, after }));
  }
  if (told > 0) ctx.wakeMail('soon');
  return told;
}

async function tell(
  ctx: Context,
  drop: Awaited<ReturnType<typeof listOpenDrops>>[number],
  find: (after: string) => ReturnType<typeof listUntold>,
): Promise<number> {
  const at = ctx.now();
  const params = {
    dropId: drop.id,
    title: titlesOf(readTexts(drop.texts)),
    stock: drop.stock,
    closesAt: drop.closesAt,
  };
  let told = 0;
  let after = '';
  for (;;) {
    const accounts = await find(after);
    const last = accounts.at(-1);
    if (last === undefined) return told;
    after = last.accountId;
    const people = await listPeopleOf(ctx.db.fresh, {
      ids: JSON.stringify(accounts.map(({ accountId }) => accountId)),
    });
    const outcomes = await ctx.db.writeMany(
      accounts.map(({ accountId }) => [
        insertNotice({ dropId: drop.id, accountId, at }),
        ...people
          .filter((person) => person.accountId === accountId)
          .map(({ id }) => queueMail({ template: 'drop_open', params, customerId: id, language: null, at })),
      ]),
    );
    for (const outcome of outcomes) {
      if (outcome.ok) told += 1;
      else if (outcome.error instanceof StoreUnavailable) throw outcome.error;
      else if (!isConflictOn(outcome.error, 'drop_notices'))
        ctx.log.error('A member was not told of drop {id}: {failure}', {
          id: drop.id,
          failure: reasonOf(outcome.error),
        });
    }
  }
}

/** Drops that have opened to somebody, with the levels they are open to. */
const listOpenDrops = query((db) =>
  db
    .select({
      id: drops.id,
      texts: drops.texts,
      stock: drops.stock,
      closesAt: drops.closesAt,
      levels: sql<string>`group_concat(${dropWindows.level}, ' ')`,
    })
    .from(drops)
    .innerJoin(dropWindows, eq(dropWindows.dropId, drops.id))
    .leftJoin(dropClosings, eq(dropClosings.dropId, drops.id))
    .where(
      and(
        gt(drops.closesAt, sql.placeholder('now')),
        sql`${dropWindows.opensAt} <= ${sql.placeholder('now')}`,
        isNull(dropClosings.dropId),
      ),
    )
    .groupBy(drops.id)
    .orderBy(asc(drops.id)),
);

const untold = query((db) =>
  db
    .selectDistinct({ accountId: sql<string>`m.account_id` })
    .from(sql`club_memberships m`)
    .where(
      sql`m.account_id > ${sql.placeholder('after')}
        AND NOT EXISTS (SELECT 1 FROM club_endings e WHERE e.membership_id = m.id AND e.until <= ${sql.placeholder('now')})
        AND NOT EXISTS (SELECT 1 FROM drop_notices n WHERE n.drop_id = ${sql.placeholder('dropId')}
          AND n.account_id = m.account_id)
        AND (${sql.placeholder('isForAll')} = 1 OR coalesce((SELECT spend_minor FROM account_spend
          WHERE root_id = m.account_id AND currency = ${sql.placeholder('currency')}), 0) >= ${sql.placeholder('fromMinor')})`,
    )
    .orderBy(sql`m.account_id`)
    .limit(ACCOUNTS_PER_STEP),
);

interface Untold {
  dropId: string;
  now: number;
  currency: string;
  fromMinor: bigint;
  isForAll: number;
  after: string;
}
const listUntold = (db: Store, asked: Untold) => untold(db, { ...asked });
