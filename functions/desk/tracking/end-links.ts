import { insertInto } from '../../../db/query.ts';
import { orderLinkEndings } from '../../../db/schema/index.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { findLinkedByKey } from './queries.ts';
import type { EndedLinksAnswer } from './schema.ts';

const insertEnding = insertInto(orderLinkEndings);

/**
 * Ends every link to an order that was made so far: those in mails, those that were passed on, and those got by a code. What
 * is mailed from then on carries new ones.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function endOrderLinks(
  ctx: Context,
  { source, number }: { source: string; number: string },
  options: Alongside<EndedLinksAnswer> = {},
): Promise<EndedLinksAnswer> {
  allow(ctx.actor, 'orders:write');
  const order = await findLinkedByKey(ctx.db.fresh, { source, number });
  if (order === null) throw new AppError('not_found', 'There is no such order.');
  const { orderId, rootId } = order;
  const at = ctx.now();
  const answer = { source, number, endedAt: instantText(at) };
  await writeDecision(ctx, {
    rows: [insertEnding({ id: newId(), orderId, at, actor: actorName(ctx.actor) })],
    audit: {
      kind: 'order.links-ended',
      subjectKind: 'account',
      subjectId: rootId,
      detail: { source, number, order: orderId },
    },
    beside: options.alongside?.(answer, 201) ?? [],
  });
  return answer;
}
