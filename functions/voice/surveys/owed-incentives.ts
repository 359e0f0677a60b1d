import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { surveyFinishes, surveyInvitations } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import type { OwedBonus } from '../../money/ledger/bonus.ts';

const listPromised = query((db) =>
  db
    .select({
      accountId: surveyFinishes.rootId,
      invitationId: surveyFinishes.invitationId,
      amountMinor: surveyInvitations.incentiveMinor,
    })
    .from(surveyFinishes)
    .innerJoin(surveyInvitations, eq(surveyInvitations.id, surveyFinishes.invitationId))
    .where(
      sql`${surveyFinishes.rootId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))
        AND ${surveyInvitations.incentiveMinor} > 0`,
    ),
);

/** What was promised for answers that were given; `ids` is a JSON array of root accounts. */
export async function listOwedIncentives(db: Store, asked: { ids: string }): Promise<OwedBonus[]> {
  const rows = await listPromised(db, asked);
  return rows.map(({ accountId, invitationId, amountMinor }) => ({
    accountId,
    cause: { kind: 'survey', id: invitationId },
    amountMinor: amountMinor ?? 0n,
  }));
}
