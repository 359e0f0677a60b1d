import { statement } from '../../../db/query.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';

/**
 * The customer, or staff for them, wants mail again in spite of a bounce or a complaint. Nothing to lift is no error.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function liftSuppressions(ctx: Context, { customerId }: { customerId: string }): Promise<void> {
  const { actor } = ctx;
  const isOwn = actor.kind === 'customer' && actor.id === customerId;
  if (!isOwn) allow(actor, 'customers:write');
  const [place] = await listPlaces(ctx.db.fresh, customerId);
  const lift = statement(
    `UPDATE suppressions SET lifted_at = ?, lifted_by = ? WHERE lifted_at IS NULL
     AND address = (SELECT email FROM customers WHERE id = ?)`,
    ctx.now(),
    actorName(actor),
    customerId,
  );
  const decision: Decision = {
    rows: [lift],
    audit: isOwn ? null : { kind: 'mail.resumed', subjectKind: 'customer', subjectId: customerId },
  };
  if (place === undefined) return writeDecision(ctx, decision);
  await writeHistory(ctx, place.rootId, () => ({ history: { kind: 'mail_resumed' }, ...decision }));
}
