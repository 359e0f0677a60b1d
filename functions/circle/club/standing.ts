import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { clubSpansOf } from '../../money/accounts/root.ts';
import type { Business } from '../../money/business/business.ts';
import { isInClub } from '../../money/rewards/count.ts';
import type { Level } from './level.ts';
import { spendWithin } from './levels/number-sql.ts';
import { type LevelStanding, type Reckoning, standingOf, type WindowSpend } from './levels/standing-of.ts';
import { levelTermsOf } from './levels/terms.ts';
import { windowsAt } from './levels/windows.ts';
import { findRootSpans, listLevels } from './queries.ts';
import { readNames } from './texts.ts';

/** What of the business decides on levels. */
export type LevelBusiness = Pick<Business, 'settings' | 'timeZone' | 'currency'>;

/** Whether an account is in the club now. */
export async function isMemberNow(
  db: Store,
  { accountId, now }: { accountId: string; now: number },
): Promise<boolean> {
  const [root] = await findRootSpans(db, { accountId });
  return isInClub(clubSpansOf(root?.clubSpans ?? null), now);
}

/** Where an account stands towards the club and its levels, in one round trip. */
export async function loadMember(
  db: Store,
  business: LevelBusiness,
  asked: { accountId: string; now: number },
): Promise<{ isMember: boolean; levels: Level[]; standing: LevelStanding }> {
  const [isMember, { levels, standings }] = await Promise.all([
    isMemberNow(db, asked),
    loadStandings(db, business, { accountIds: [asked.accountId], now: asked.now }),
  ]);
  return { isMember, levels, standing: standings.get(asked.accountId) ?? nowhere };
}

const nowhere: LevelStanding = {
  ...{ number: 0, level: null, because: null, spendMinor: 0n, next: null, heldThrough: null, keep: null },
};

/** Where some root accounts stand among the levels, by account, members or not. */
export async function loadStandings(
  db: Store,
  business: LevelBusiness,
  { accountIds, now }: { accountIds: readonly string[]; now: number },
): Promise<{ levels: Level[]; standings: Map<string, LevelStanding> }> {
  const { reckoning, windows } = await loadWindows(db, business, { accountIds, now });
  const standings = new Map(
    accountIds.map((id) => [id, standingOf(reckoning, windows.get(id) ?? [], now)] as const),
  );
  return { levels: [...reckoning.levels], standings };
}

/** What some root accounts spent in each window that matters at `now`, by account, and what levels are reckoned from. */
export async function loadWindows(
  db: Store,
  business: LevelBusiness,
  { accountIds, now }: { accountIds: readonly string[]; now: number },
): Promise<{ reckoning: Reckoning; windows: Map<string, WindowSpend[]> }> {
  const { timeZone, currency } = business;
  const terms = levelTermsOf(business);
  const windows = windowsAt(terms, now, timeZone);
  const [levels, rows] = await Promise.all([
    loadLevels(db),
    listWindowSpends(db, {
      ids: JSON.stringify(accountIds),
      windows: JSON.stringify(windows.map(({ from, to }) => [from, to])),
      currency: currency ?? '',
    }),
  ]);
  const spends = Map.groupBy(rows, ({ accountId }) => accountId);
  const of = (id: string) =>
    (spends.get(id) ?? []).flatMap(({ place, spendMinor }) => {
      const window = windows[place];
      return window === undefined ? [] : [{ ...window, spendMinor }];
    });
  return {
    reckoning: { levels, terms, timeZone },
    windows: new Map(accountIds.map((id) => [id, of(id)])),
  };
}

const listWindowSpends = query((db) =>
  db
    .select({
      accountId: sql<string>`ids.id`,
      place: sql<number>`key`.mapWith(Number),
      spendMinor: sql<bigint>`${spendWithin(sql`ids.id`, sql`${sql.placeholder('currency')}`)}`.mapWith(
        BigInt,
      ),
    })
    .from(
      sql`(SELECT value AS id FROM json_each(${sql.placeholder('ids')})) AS ids, json_each(${sql.placeholder('windows')})`,
    )
    .orderBy(sql`ids.id`, sql`key`),
);

/** Lowest first. */
export async function loadLevels(db: Store): Promise<Level[]> {
  const rows = await listLevels(db);
  return rows.map(({ key, fromMinor, names }) => ({ key, fromMinor, names: readNames(names) }));
}

/** @throws {AppError} `club_not_a_member` */
export function assertMember(isMember: boolean): void {
  if (!isMember) throw new AppError('club_not_a_member', 'This is for members of the club.');
}
