import { sql } from 'drizzle-orm';
import { statement, toStatement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { isOpenEntry } from '../../money/programme/audience.ts';
import { listExpected } from '../forecasts/list-expected.ts';
import type { NumberedAccount } from './collect.ts';
import type { NumberTerms } from './read-slice.ts';
import { type ModelledAccount, YEARS_MAX } from './value-model.ts';

export type MemberAccount = NumberedAccount & ModelledAccount;

/** What is known beside of the accounts of a slice: their years, what is expected of them, and the segments they are in. */
export interface MembersSlice {
  accounts: MemberAccount[];
  /** Ids of segments with the places of their members in `accounts`. */
  members: Map<string, number[]>;
  mix: { segmentId: string; category: string; minor: bigint }[];
}

/** Those behind `after`, up to the last id of the slice. */
export async function readMembers(
  db: Store,
  accounts: readonly (NumberedAccount & { id: string })[],
  { after, upTo, terms }: { after: string; upTo: string; terms: NumberTerms },
): Promise<MembersSlice> {
  const [years, expected, entries, mix] = await Promise.all([
    db.read(statement(ofYears, after, upTo, terms.currency, terms.today)),
    listExpected(
      db,
      accounts.map(({ id }) => id),
    ),
    db.read(
      toStatement(sql`SELECT e.segment_id, e.account_id FROM audience_entries AS e
        WHERE e.account_id > ${after} AND e.account_id <= ${upTo} AND ${isOpenEntry}`),
    ),
    db.read(
      toStatement(sql`SELECT e.segment_id, c.category, CAST(sum(c.spend_minor) AS TEXT)
        FROM audience_entries AS e CROSS JOIN account_categories AS c ON c.root_id = e.account_id
        WHERE e.account_id > ${after} AND e.account_id <= ${upTo} AND c.currency = ${terms.currency}
          AND ${isOpenEntry} GROUP BY 1, 2`),
    ),
  ]);
  const placeOf = new Map(accounts.map(({ id }, place) => [id, place]));
  const yearsOf = Map.groupBy(years, ([id]) => String(id));
  const members = new Map<string, number[]>();
  for (const [segment, account] of entries) {
    const place = placeOf.get(String(account));
    if (place === undefined) continue;
    const id = String(segment);
    const places = members.get(id);
    if (places === undefined) members.set(id, [place]);
    else places.push(place);
  }
  return {
    accounts: accounts.map(({ id, ...account }) => ({
      ...account,
      ...toYears(yearsOf.get(id) ?? []),
      expectedMinor: expected.get(id) ?? null,
    })),
    members,
    mix: mix.map(([segment, category, minor]) => ({
      ...{ segmentId: String(segment), category: String(category), minor: BigInt(String(minor)) },
    })),
  };
}

function toYears(
  rows: readonly (readonly unknown[])[],
): Pick<ModelledAccount, 'yearsOver' | 'boughtYears' | 'overSpendMinor'> {
  const yearsOver = Math.min(YEARS_MAX, Number(rows[0]?.[2] ?? 0));
  const over = rows.filter(([, year]) => Number(year) < yearsOver);
  return {
    yearsOver,
    boughtYears: over.reduce(
      (bits, [, year, , orders]) => bits | (Number(orders) > 0 ? 1 << Number(year) : 0),
      0,
    ),
    overSpendMinor: over.reduce((sum, [, , , , minor]) => sum + BigInt(String(minor)), 0n),
  };
}

/** Of each account and year since its first purchase day: how many of its years are over, orders, net spend. */
const ofYears = `SELECT d.root_id, CAST((julianday(d.day) - julianday(f.first_on)) / 365 AS INTEGER) AS year,
    CAST((julianday(?4) - julianday(f.first_on) + 1) / 365 AS INTEGER), sum(d.order_count),
    CAST(sum(CASE WHEN d.currency = ?3 THEN d.spend_minor ELSE 0 END) AS TEXT)
  FROM account_facts AS f CROSS JOIN account_days AS d ON d.root_id = f.account_id
  WHERE f.account_id > ?1 AND f.account_id <= ?2 AND f.order_count > 0 AND d.day >= f.first_on AND d.day <= ?4
  GROUP BY 1, 2 ORDER BY 1, 2`;
