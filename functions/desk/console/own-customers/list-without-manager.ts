import { statement } from '../../../../db/query.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { isInClub } from '../../../insight/facts/premium.ts';
import { listKeyAccountIds } from '../../../insight/levels/list-key-accounts.ts';
import { type NamedAccount, nameAccounts } from '../../../money/accounts/name-accounts.ts';

const SHOWN_MAX = 50;

/** One of the best customers whom nobody looks after. */
export interface WithoutManager extends NamedAccount {
  isKey: boolean;
  isInClub: boolean;
  /** Net, of the last 365 days, in the currency of the business. */
  yearSpendMinor: bigint;
}

export interface WithoutManagers {
  items: WithoutManager[];
  /** Whether there are more than are told. */
  isCut: boolean;
  currency: string | null;
}

/**
 * Key accounts and members of the club that are in nobody's hands, who spent most first. Whose manager left the team is
 * told elsewhere.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listWithoutManager(ctx: Context): Promise<WithoutManagers> {
  allow(ctx.actor, 'customers:read');
  const { ids, currency } = await listKeyAccountIds(ctx);
  const keys = JSON.stringify(ids);
  const rows = await ctx.db.read(
    statement(
      `SELECT a.id, ${isInClub}, a.id IN (SELECT value FROM json_each(?1)), CAST(coalesce(y.spend_minor, 0) AS TEXT)
       FROM (SELECT value AS id FROM json_each(?1) UNION
         SELECT a.id FROM accounts AS a WHERE a.club_spans IS NOT NULL AND ${isInClub}) AS best
       CROSS JOIN accounts AS a ON a.id = best.id AND a.withdrawn_at IS NULL
       LEFT JOIN account_years AS y ON y.root_id = a.id AND y.currency = ?2
       WHERE NOT EXISTS (SELECT 1 FROM account_managers AS m WHERE m.account_id = a.id AND m.ended_at IS NULL)
       ORDER BY coalesce(y.spend_minor, 0) DESC, a.id LIMIT ?3`,
      ...[keys, currency ?? '', SHOWN_MAX + 1],
    ),
  );
  const shown = rows.slice(0, SHOWN_MAX).map(([id, club, key, spend]) => ({
    ...{ id: String(id), isInClub: Number(club) === 1, isKey: Number(key) === 1 },
    yearSpendMinor: BigInt(String(spend)),
  }));
  const named = await nameAccounts(
    ctx.db,
    shown.map(({ id }) => id),
  );
  return {
    items: shown.map((row) => ({ ...named(row.id), ...row })),
    isCut: rows.length > SHOWN_MAX,
    currency,
  };
}
