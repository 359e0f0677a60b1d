import type { Statement } from '../../../db/store.ts';
import type { AuditLine } from '../../ground/audit/insert-audit-line.ts';
import type { AccountUnit } from '../accounts/commit-accounts.ts';
import type { AccountDraft, CountedChange } from '../accounts/plan-change.ts';
import { type Root, type RuleTotal, standingOf } from '../accounts/root.ts';
import { countedOf } from '../rewards/count.ts';
import type { LoadedParts } from './change-order.ts';
import { factsOf, spendOf } from './order-state.ts';
import type { OrderHome } from './people.ts';
import { movesPeriods } from './plan-drafts.ts';

interface Move {
  /** The order and the account it leaves. */
  loaded: LoadedParts;
  target: Root;
  home: OrderHome;
  totals: ReadonlyMap<string, RuleTotal>;
  hasDueLots: boolean;
  /** When the first of the orders that stay was placed. */
  firstPlacedLeft: number | null;
  /** The order's own change, and whoever has to be there for it. */
  statements: Statement[];
  now: number;
}

/**
 * What a move changes of the account an order leaves and of the one it comes to; one of them where they are the same. To
 * be written together.
 */
export function planMove(move: Move): AccountUnit[] {
  const { loaded, target, statements, hasDueLots } = move;
  if (target.id === loaded.root.id) {
    const draft = draftOf(move, {
      root: loaded.root,
      totals: loaded.parts.totals,
      history: 'order_moved_in',
    });
    return [
      { draft, first: statements, hasDueLots: loaded.hasDueLots, last: () => ({ audit: auditOf(move) }) },
    ];
  }
  return [
    { draft: leaving(move), first: [], hasDueLots: loaded.hasDueLots },
    { draft: coming(move), first: statements, hasDueLots, last: () => ({ audit: auditOf(move) }) },
  ];
}

function auditOf({ loaded: { parts }, target }: Move): AuditLine {
  const { id, source, number, rootId } = parts.order;
  const detail = { source, number, before: rootId, account: target.id };
  return { kind: 'order.moved', subjectKind: 'order', subjectId: id, detail };
}

function leaving(move: Move): AccountDraft {
  const { loaded, firstPlacedLeft, now } = move;
  const { root, business } = loaded;
  const after = { ...root, firstPlacedAt: firstPlacedLeft };
  const draft = draftOf(move, { root: after, totals: loaded.parts.totals, history: 'order_moved_out' });
  return {
    ...draft,
    ...moved(move, { counted: [], isComing: false }),
    isStale: firstPlacedLeft !== null && movesPeriods(root, after, business, now),
  };
}

function coming(move: Move): AccountDraft {
  const { loaded, target, totals, now } = move;
  const { parts, business } = loaded;
  const { order, state, voucherPaid } = parts;
  const firstPlacedAt = Math.min(target.firstPlacedAt ?? order.placedAt.at, order.placedAt.at);
  const after = { ...target, firstPlacedAt };
  const counted =
    business.compiled === null
      ? []
      : countedOf(factsOf(order, state, voucherPaid), business.compiled, standingOf(after, business, now));
  const draft = draftOf(move, { root: after, totals, history: 'order_moved_in' });
  return {
    ...draft,
    ...moved(move, { counted, isComing: true }),
    isStale: movesPeriods(target, after, business, now),
  };
}

function moved(
  { loaded: { parts }, now }: Move,
  { counted, isComing }: { counted: CountedChange['after']; isComing: boolean },
): Pick<AccountDraft, 'changes' | 'spend'> {
  const { order, state, own } = parts;
  const before = isComing ? [] : [...own];
  const minor = spendOf(state);
  const change = { order, placedAt: order.placedAt.at, before, after: counted, effectiveAt: now };
  return {
    changes: before.length === 0 && counted.length === 0 ? [] : [change],
    spend: new Map([[order.currency, isComing ? { minor, orders: 1 } : { minor: -minor, orders: -1 }]]),
  };
}

function draftOf(
  { loaded: { parts } }: Move,
  about: Pick<AccountDraft, 'root' | 'totals'> & { history: 'order_moved_in' | 'order_moved_out' },
): AccountDraft {
  const { id, source, number } = parts.order;
  const history = { kind: about.history, orderId: id, detail: { source, number } };
  return { ...about, changes: [], spend: new Map(), history, isStale: false };
}
