import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Statement, Store } from '../../db/store.ts';
import { commitAccounts } from '../../functions/money/accounts/commit-accounts.ts';
import { loadOrderContext, type OrderContext } from '../../functions/money/orders/load-order-context.ts';
import { loadReturningCustomer } from '../../functions/money/orders/load-returning-customer.ts';
import type { OrderDraft } from '../../functions/money/orders/order.ts';
import { planDrafts } from '../../functions/money/orders/plan-drafts.ts';
import { draftOf } from '../../functions/money/orders/record-order.ts';
import { buyers, type Command, command, type OrderSketch, orderSketch, programme } from './commands.ts';
import { inputOf, openWorld, run, toldOrder, type World } from './world.ts';

const isSoak = process.env.SOAK === '1';
const SEQUENCES = Number(process.env.SEQUENCES ?? (isSoak ? 1000 : 60));

test(`in ${SEQUENCES} states an order of a returning customer is decided by one read as by all of them`, async () => {
  const seen = { once: 0, never: 0 };
  const first = programme(fc.constant('early'));
  const commands = fc.array(command, { minLength: 10, maxLength: 25, size: 'max' });
  const orders = fc.array(orderSketch, { minLength: 6, maxLength: 6 });
  const property = fc.asyncProperty(first, commands, orders, async (start, following, sketches) =>
    compareIn([start, ...following], sketches, seen),
  );
  await fc.assert(property, {
    numRuns: SEQUENCES,
    seed: Number(process.env.FC_SEED ?? Date.now() % 2 ** 31),
  });
  expect(seen.once).toBeGreaterThan(SEQUENCES / 10);
  expect(seen.never).toBeGreaterThan(0);
});

async function compareIn(
  commands: readonly Command[],
  sketches: readonly OrderSketch[],
  seen: { once: number; never: number },
): Promise<void> {
  const world = await openWorld();
  try {
    for (const one of commands.filter(isOfOrders)) await run(world, one);
    for (const draft of sketches.map((sketch) => draftIn(world, sketch))) {
      const once = await loadReturningCustomer(world.ctx, draft);
      seen[once === null ? 'never' : 'once'] += 1;
      if (once === null) continue;
      const general = await loadOrderContext(world.ctx, [draft], { answered: draft });
      expect(once.later).toEqual(general.later);
      expect(await decided(world, draft, once)).toEqual(await decided(world, draft, general));
    }
  } finally {
    world.close();
  }
}

/** What may be spent is not reckoned here, so nothing is asked of it. */
function isOfOrders(command: Command): boolean {
  return command.kind !== 'redeem' && (command.kind !== 'adjust' || command.amount >= 0);
}

/** An order as anybody might tell it now: also under a number that a sale or an order has already. */
function draftIn(world: World, sketch: OrderSketch): OrderDraft {
  const told = toldOrder(world, sketch);
  const { email, key, account, department } = buyers[sketch.buyer] ?? buyers[0] ?? expect.unreachable();
  const kept = [...world.sales, ...world.orders][sketch.daysAgo];
  const { source, number } = sketch.isDollars && kept !== undefined ? kept : told;
  const customer = email === null ? { key } : { email };
  return draftOf(inputOf({ ...told, source, number }, { customer, account, department }));
}

const madeAtRandom = /[0-9a-f]{32,64}|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/g;

/** The plan of an order and the whole batch that would be written, ids and codes by the sequence in which they are met. */
async function decided({ ctx }: World, draft: OrderDraft, known: OrderContext): Promise<string> {
  const now = ctx.now();
  const written: Statement[] = [];
  const db: Store = {
    ...ctx.db,
    fresh: ctx.db.fresh,
    writeMany: async (units) => {
      written.push(...units.flat());
      return units.map(() => ({ ok: true, results: [] }));
    },
  };
  const plan = planDrafts([draft], known, { now, importId: null });
  const hasDueLots = known.dueLots.has(plan.account.root.id);
  const unit = { draft: plan.account, first: plan.statements, hasDueLots };
  const terms = { business: known.business, now, actor: 'test' };
  const committed = await commitAccounts({ ...ctx, db }, [unit], terms);
  const text = JSON.stringify({ plan, written, committed }, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value instanceof Map ? [...value] : value,
  );
  const ids = new Map<string, number>();
  return text.replace(madeAtRandom, (id) => {
    if (!ids.has(id)) ids.set(id, ids.size);
    return `id ${ids.get(id)}`;
  });
}
