import { refuseReturn, withdrawReturn } from '../../functions/care/returns/move-return.ts';
import { requestReturn } from '../../functions/care/returns/request-return.ts';
import { settleReturn } from '../../functions/care/returns/settle-return.ts';
import { AppError } from '../../functions/ground/platform/errors.ts';
import { newId } from '../../functions/ground/platform/ids.ts';
import { getOrder } from '../../functions/money/orders/get-order.ts';
import type { Command } from './commands.ts';
import type { ToldOrder } from './reference/count.ts';
import type { Done, World } from './world.ts';

type Return = Extract<Command, { kind: 'return' }>;

/** A part of a line comes back, and the return ends in one way or another; what is then refunded is told to the reference. */
export async function giveBack(
  world: World,
  order: ToldOrder | undefined,
  { line, share, outcome, end }: Return,
): Promise<Done> {
  const bought = order?.lines[line % order.lines.length];
  if (order === undefined || bought === undefined) return 'nothing';
  const { source, number } = order;
  const at = world.clock.now();
  const key = newId();
  const lines = [{ line: bought.id, quantity: share / 4, reason: 'other' as const }];
  const asking = requestReturn(world.ctx, { order: { source, number }, lines, outcome, note: null }, { key });
  const reference = await orRefused(asking);
  if (reference === null) return 'refused';
  const [[id = ''] = []] = await world.store.read({
    sql: 'SELECT id FROM returns WHERE reference = ?',
    args: [reference],
  });
  const event = (status: string) => ({ source: 'returns', id: `${id}:${status}`, status, at });
  if (end === 'withdrawn') {
    await withdrawReturn(await asBuyer(world, order), { reference });
    return 'done';
  }
  order.events.push(event('return_requested'));
  if (end === 'refused') {
    await refuseReturn(world.ctx, { reference, note: 'It was used.' });
    order.events.push(event('return_refused'));
    return 'done';
  }
  await settleReturn(world.ctx, { reference, outcome, note: null });
  const { refunds } = await getOrder(world.ctx, { source, number });
  const booked = refunds.find((one) => one.id === `return:${id}`);
  if (booked === undefined) {
    order.events.push(event('returned'));
    return 'done';
  }
  const given = booked.lines.map(({ line: name, amount }) => ({ line: name, amount: BigInt(amount.amount) }));
  order.refunds.push({ id: booked.id, at, lines: given });
  return 'done';
}

/** Null where it may not go back. */
async function orRefused(asking: Promise<{ reference: string }>): Promise<string | null> {
  try {
    return (await asking).reference;
  } catch (error) {
    if (error instanceof AppError && ['validation_failed', 'not_found'].includes(error.code)) return null;
    throw error;
  }
}

async function asBuyer(world: World, { source, number }: ToldOrder): Promise<World['ctx']> {
  const { customerId } = await getOrder(world.ctx, { source, number });
  return { ...world.ctx, actor: { kind: 'customer', id: customerId ?? '' } };
}
