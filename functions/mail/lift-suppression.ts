import { statement } from '../../db/query.ts';
import type { Statement } from '../../db/store.ts';
import { note } from '../accounts/note.ts';
import { listPlaces } from '../accounts/places.ts';
import { recordAct } from '../audit/record-act.ts';
import { allow } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';

/** Whoever proves an address gets mail there: what once bounced counts no longer. It belongs into the batch of the proof. */
export function liftBounce(email: string, by: string, now: number): Statement {
  return statement(
    `UPDATE suppressions SET lifted_at = ?, lifted_by = ?
     WHERE address = ? AND reason = 'bounced' AND lifted_at IS NULL`,
    now,
    by,
    email,
  );
}

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
  const act = { act: 'mail.resumed', subjectKind: 'customer', subjectId: customerId };
  const statements = isOwn ? [lift] : [lift, recordAct(ctx, act)];
  if (place === undefined) return void (await ctx.db.write(statements));
  await note(ctx, place.rootId, () => ({ kind: 'mail_resumed', detail: {}, statements, result: undefined }));
}
