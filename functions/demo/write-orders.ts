import { isContention } from '../accounts/change-account.ts';
import { type AccountUnit, commitAccounts } from '../accounts/commit-accounts.ts';
import { loadKnown } from '../orders/known.ts';
import { buyerId, type OrderDraft } from '../orders/order.ts';
import { planDrafts } from '../orders/plan-drafts.ts';
import { actorName, type Context } from '../platform/context.ts';

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
async function writeStep(ctx: Context, accounts: readonly OrderDraft[][]): Promise<void> {
  const known = await loadKnown(ctx, accounts.flat());
  const now = ctx.now();
  const units = accounts.map((drafts): AccountUnit => {
    const plan = planDrafts(drafts, known, { now, importId: null });
    const hasDueLots = known.dueLots.has(plan.account.root.id);
    return { draft: plan.account, first: plan.statements, hasDueLots };
  });
  const terms = { business: known.business, now, actor: actorName(ctx.actor) };
  const committed = await commitAccounts(ctx, units, terms);
  const again: OrderDraft[][] = [];
  for (const [index, { outcome }] of committed.entries()) {
    if (outcome.ok) continue;
    if (!isContention(outcome.error)) throw outcome.error;
    again.push(accounts[index] ?? []);
  }
  if (again.length === accounts.length) throw new Error('the demo cannot be written beside other writes');
  if (again.length > 0) await writeStep(ctx, again);
}
