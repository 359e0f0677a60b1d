import { addDays, startOfDay } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import {
  listCustomersByEmail,
  listCustomersByKey,
  listSharedAccounts,
} from '../../money/accounts/list-accounts.ts';
import type { OrderDraft } from '../../money/orders/order.ts';
import type { ImportUnit, OrderPlace } from './import-unit.ts';
import { type KeptOrder, loadKeptOrders } from './kept-draft.ts';
import { momentOf } from './moment-of.ts';
import { loadNamed } from './named-order.ts';
import { type DatedCredit, placeCredits } from './place-credits.ts';
import type { Reason } from './reason.ts';
import type { StagedAccount } from './staged-accounts.ts';
import type { StagedCredit } from './staged-credit.ts';

/** The orders of one account of which a file gives something back; kept orders of the account may be among them. */
export function creditedUnit(
  ctx: Context,
  account: StagedAccount,
  told: { drafts(timeZone: string): Promise<OrderDraft[]>; rows: number },
): ImportUnit {
  let places: OrderPlace[] = [];
  let errors: (OrderPlace & { reason: Reason })[] = [];
  return {
    key: account.accountKey,
    places: () => places,
    errors: () => errors,
    rows: told.rows + account.credits.reduce((sum, { goods }) => sum + goods.length, 0),
    async drafts(timeZone) {
      const isOfNobody = account.accountKey.startsWith('nobody:');
      const [drafts, kept] = await Promise.all([
        told.drafts(timeZone),
        isOfNobody ? loadNamed(ctx, account) : loadKept(ctx, account),
      ]);
      const [named] = kept;
      const credits = account.credits.map((credit) => {
        const one = dated(credit, timeZone);
        if (!isOfNobody || account.orders.length > 0) return one;
        return { ...one, refundedOrder: named?.order.number ?? null };
      });
      const placed = placeCredits(drafts, kept, credits);
      const lineOf = new Map(
        account.orders.map(({ source, number, line }) => [`${number}\n${source}`, line]),
      );
      const line = account.credits[0]?.line ?? 0;
      places = placed.drafts.map(({ source, number }) => ({
        ...{ source, number },
        line: lineOf.get(`${number}\n${source}`) ?? line,
      }));
      errors = placed.errors;
      return placed.drafts;
    },
  };
}

function dated(credit: StagedCredit, timeZone: string): DatedCredit {
  const at = momentOf(credit.placedAt, timeZone);
  const until = at.day === null ? at.at + 1 : startOfDay(addDays(at.day, 1), timeZone);
  return { ...credit, at, until };
}

/** All that is kept of the account, whole. */
async function loadKept(ctx: Context, { accountKey, credits, orders }: StagedAccount): Promise<KeptOrder[]> {
  const db = ctx.db.fresh;
  const account = accountKey.startsWith('account:') ? accountKey.slice('account:'.length) : null;
  const told = [...credits, ...orders].find((one) => one.email !== null || one.key !== null);
  const { email = null, key = null, source } = told ?? {};
  const now = ctx.now();
  const roots =
    account !== null
      ? await listSharedAccounts(db, { names: JSON.stringify([account]) })
      : email !== null
        ? await listCustomersByEmail(db, { emails: JSON.stringify([email]), now })
        : await listCustomersByKey(db, {
            ...{ keys: JSON.stringify(key === null ? [] : [[source, key]]), ids: '[]', now },
          });
  const ids = roots.flatMap((row) => ('own' in row ? (row.own?.id ?? []) : row.rootId));
  return ids.length === 0 ? [] : loadKeptOrders(ctx, [...new Set(ids)]);
}
