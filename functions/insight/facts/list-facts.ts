import { asc, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import {
  accountCategories,
  accountDays,
  accountFacts,
  accountLevels,
  accountYears,
} from '../../../db/schema/index.ts';
import { listed } from '../../money/accounts/account-columns.ts';

/** What is kept of some root accounts, as it stands in the tables. `ids` is a JSON array, here and below. */
export const listFacts = query((db) =>
  db
    .select()
    .from(accountFacts)
    .where(sql`${accountFacts.accountId} IN ${listed('ids')}`),
);
export type FactsRow = Awaited<ReturnType<typeof listFacts>>[number];

export const listDays = query((db) =>
  db
    .select()
    .from(accountDays)
    .where(sql`${accountDays.rootId} IN ${listed('ids')}`)
    .orderBy(asc(accountDays.rootId), asc(accountDays.day)),
);
export type AccountDayRow = Awaited<ReturnType<typeof listDays>>[number];

export const listCategoryRows = query((db) =>
  db
    .select()
    .from(accountCategories)
    .where(sql`${accountCategories.rootId} IN ${listed('ids')}`),
);
export type CategoryRow = Awaited<ReturnType<typeof listCategoryRows>>[number];

export const listLevelRows = query((db) =>
  db
    .select()
    .from(accountLevels)
    .where(sql`${accountLevels.rootId} IN ${listed('ids')}`)
    .orderBy(asc(accountLevels.rootId), asc(accountLevels.fromDay)),
);
export type LevelRow = Awaited<ReturnType<typeof listLevelRows>>[number];

export const listYearRows = query((db) =>
  db
    .select()
    .from(accountYears)
    .where(sql`${accountYears.rootId} IN ${listed('ids')}`),
);
export type YearRow = Awaited<ReturnType<typeof listYearRows>>[number];

/** Whether facts are counted under these terms by now, and whether every change there is has been. */
export const findProgress = queryOne((db) =>
  db
    .select({
      isBegun:
        sql<boolean>`EXISTS (SELECT 1 FROM feed_positions WHERE name = 'facts' AND terms = ${sql.placeholder('terms')})`.mapWith(
          readFlag,
        ),
      isComplete: sql<boolean>`EXISTS (SELECT 1 FROM feed_positions WHERE name = 'facts'
        AND position = (SELECT coalesce(max(position), 0) FROM feed_changes))`.mapWith(readFlag),
    })
    .from(sql`(SELECT 1)`),
);
