import type { AuditKind } from '../../ground/audit/audit-kind.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import type { OrderAnswer } from './answer.ts';
import { type ChangedOrder, changeOrder } from './change-order.ts';
import { findWithdrawn } from './find-withdrawn.ts';
import type { HoldReason, WithdrawReason } from './hand-reasons.ts';
import type { Order } from './order.ts';
import { addEvent, addRefund, withdrawEvents } from './order-addition.ts';
import { stateOf } from './order-state.ts';
import type { OrderEventInput, RefundInput } from './schema.ts';
import { isStepBack } from './way.ts';

/** The source of what staff tell in the console. */
export const BY_HAND = 'console';

interface OrderKey {
  source: string;
  number: string;
}

type HandEvent = Omit<OrderEventInput, 'source'>;

/**
 * Records a state that staff tell; its `id` is made with the form, so that sent twice it counts once, also once it was
 * taken back. A cancelled order takes no more, only a held one is released. `reason` is kept in the log; `isForward` refuses
 * a step back, for acts on orders that nobody looked at one by one.
 * @throws {AppError} `not_found`, `validation_failed` (`status`), `unavailable`
 */
export async function tellByHand(
  ctx: Context,
  {
    event,
    reason = null,
    isForward = false,
    ...key
  }: OrderKey & { event: HandEvent; reason?: HoldReason | null; isForward?: boolean },
): Promise<ChangedOrder['outcome']> {
  allow(ctx.actor, 'orders:write');
  const told = { ...event, source: BY_HAND };
  if (await findWithdrawn(ctx.db.fresh, { ...key, eventId: event.id })) return 'unchanged';
  const find = (order: Order) => {
    const addition = addEvent(order, told);
    if (addition !== null) assertMayBecome(order, event.status);
    if (addition !== null && isForward && isStepBack(order.events, event))
      throw wrongField('status', 'step_back', 'lies behind what was told already');
    return addition;
  };
  const detail = { status: event.status, ...(reason === null ? {} : { reason }) };
  const { outcome } = await changeOrder(ctx, key, find, logged(ctx, 'order.told', detail));
  return outcome;
}

/** Money that staff give back on lines; as {@link tellByHand}. @throws {AppError} as `recordRefund` */
export async function refundByHand(
  ctx: Context,
  { refund, ...key }: OrderKey & { refund: RefundInput },
): Promise<ChangedOrder['outcome']> {
  allow(ctx.actor, 'orders:write');
  const { outcome } = await changeOrder(
    ctx,
    key,
    (order) => addRefund(order, refund),
    logged(ctx, 'order.refunded', {}),
  );
  return outcome;
}

/**
 * Takes back a state that staff told: the order is what it would be without it, and the event stands among those that were
 * withdrawn. What others told is never taken back, a later state stands against it. `reason` is kept in the log.
 * @throws {AppError} `not_found`, `unavailable`
 */
export async function withdrawByHand(
  ctx: Context,
  { eventId, reason = null, ...key }: OrderKey & { eventId: string; reason?: WithdrawReason | null },
): Promise<ChangedOrder['outcome']> {
  allow(ctx.actor, 'orders:write');
  const find = (order: Order) => withdrawEvents(order, { source: BY_HAND, eventIds: [eventId] }, ctx.now());
  const { outcome } = await changeOrder(
    ctx,
    key,
    find,
    logged(ctx, 'order.event-withdrawn', reason === null ? {} : { reason }),
  );
  return outcome;
}

function assertMayBecome(order: Order, status: OrderEventInput['status']): void {
  const { isCancelled, isHeld } = stateOf(order);
  if (isCancelled) throw wrongField('status', 'order_cancelled', 'cannot follow, the order was cancelled');
  if (status === 'released' && !isHeld) throw wrongField('status', 'not_held', 'is for orders on hold');
  if (status === 'on_hold' && isHeld)
    throw wrongField('status', 'held_already', 'is what the order is already');
}

/** What changes nothing is no act. */
function logged(ctx: Context, kind: AuditKind, detail: Record<string, string>): Alongside<OrderAnswer> {
  return {
    alongside: ({ id, source, number }, status) =>
      status === 201
        ? toStatements(ctx, {
            audit: { kind, subjectKind: 'order', subjectId: id, detail: { source, number, ...detail } },
          })
        : [],
  };
}
