import { statement } from '../../../db/query.ts';
import { unchanged } from '../../ground/decision/decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { noContact } from './correct-contact.ts';
import { findContactRow } from './queries.ts';
import { findCustomerSide } from './side.ts';

/**
 * Says who it was that nobody knew. All contacts from the same number or address that are nobody's become this customer's,
 * and whoever calls from it later is known by it.
 * @throws {AppError} `not_found` for a contact or customer that is not there, `forbidden`, `unavailable`
 */
export async function tieContact(
  ctx: Context,
  { id, customerId }: { id: string; customerId: string },
): Promise<void> {
  allow(ctx.actor, 'contacts:write');
  const known = await findContactRow(ctx.db.fresh, { id });
  if (known === null) throw noContact();
  const side = await findCustomerSide(ctx, { customerId, accountId: null, order: null });
  const { accountId, rootId } = side;
  if (rootId === null) throw noContact();
  await writeHistory(ctx, rootId, async (seen) => {
    const row = await findContactRow(seen.db.fresh, { id });
    if (row === null || row.rootId !== null || row.withdrawnAt !== null) return unchanged;
    const alike = `SELECT id FROM contacts WHERE root_id IS NULL AND withdrawn_at IS NULL
      AND (id = ? OR number = ? OR address = ?)`;
    const these = [id, row.number, row.address];
    return {
      history: { kind: 'contact_tied', detail: { contact: id, channel: row.channel } },
      audit: {
        kind: 'contact.tied',
        subjectKind: 'contact',
        subjectId: id,
        detail: { customerId },
      },
      rows: [
        statement(
          `INSERT INTO contact_entries (contact_id, seq, kind, content, at, actor)
           SELECT id, entry_seq + 1, 'tied', json_object('customerId', ?), ?, ? FROM contacts WHERE id IN (${alike})`,
          ...[customerId, ctx.now(), actorName(ctx.actor), ...these],
        ),
        statement(
          `UPDATE contact_tasks SET customer_id = ?, account_id = ?, root_id = ? WHERE contact_id IN (${alike})`,
          ...[customerId, accountId, rootId, ...these],
        ),
        statement(
          `UPDATE contacts SET customer_id = ?, account_id = ?, root_id = ?, entry_seq = entry_seq + 1 WHERE id IN (${alike})`,
          ...[customerId, accountId, rootId, ...these],
        ),
      ],
    };
  });
}
