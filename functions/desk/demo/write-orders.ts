import { isContention, type Lost, retryingLost } from '../../ground/decision/retrying.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { type AccountUnit, commitAccounts } from '../../money/accounts/commit-accounts.ts';
import { loadOrderContext } from '../../money/orders/load-order-context.ts';
import { buyerId, type OrderDraft } from '../../money/orders/order.ts';
import { planDrafts } from '../../money/orders/plan-drafts.ts';

const DRAFTS_PER_STEP = 100;

/** Writes orders, and what is new about orders written before, account by account as the importer does; tells nobody. */
export async function writeOrders(ctx: Context, drafts: readonly OrderDraft[]): Promise<void> {
  const accounts = [...Map.groupBy(drafts, (draft) => draft.account ?? buyerId(draft)).values()];
  let step: OrderDraft[][] = [];
  for (const account of accounts) {
    step.push(account);
    if (step.flat().length < DRAFTS_PER_STEP) continue;
    await writeStep(ctx, step);
    step = [];
  }
  if (step.length > 0) await writeStep(ctx, step);
}

/** Two accounts of one step may both bring a person nobody knew yet; the second is then decided again. */
function writeStep(ctx: Context, units: readonly OrderDraft[][]): Promise<void> {
  return retryingLost(ctx, { subject: 'account', units }, (accounts) => writeOnce(ctx, accounts));
}

async function writeOnce(ctx: Context, accounts: readonly OrderDraft[][]): Promise<Lost<OrderDraft[]>[]> {
  const known = await loadOrderContext(ctx, accounts.flat());
  const now = ctx.now();
  const units = accounts.map((drafts): AccountUnit => {
    const plan = planDrafts(drafts, known, { now, importId: null });
    const hasDueLots = known.dueLots.has(plan.account.root.id);
    return { draft: plan.account, first: plan.statements, hasDueLots };
  });
  const terms = { business: known.business, now, actor: actorName(ctx.actor) };
  const committed = await commitAccounts(ctx, units, terms);
  const lost: Lost<OrderDraft[]>[] = [];
  for (const [index, { outcome }] of committed.entries()) {
    if (outcome.ok) continue;
    if (!isContention(ctx, outcome.error)) throw outcome.error;
    lost.push({ unit: accounts[index] ?? [], error: outcome.error });
  }
  return lost;
}
