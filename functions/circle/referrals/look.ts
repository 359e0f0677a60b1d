import { statement } from '../../../db/query.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Mail } from '../../ground/outbox/queue-mail.ts';
import type { Context } from '../../ground/platform/context.ts';
import { grantBonus, reverseBonus } from '../../money/ledger/grant-bonus.ts';
import { type LoadedReferral, loadReferral } from './facts.ts';
import { findReasons } from './find-reasons.ts';
import { newestOfFriend } from './friends-root.ts';
import { type Due, dueOf, type Side } from './owed.ts';
import { type Derived, deriveReferral, isSettled } from './state.ts';
import { type NewStep, onReferral, writeSteps } from './steps.ts';

/**
 * Brings one referral to where its rows say it stands: what speaks against paying is found, bonuses are paid or taken
 * back, the people are told. Looking again changes nothing, two at once neither.
 * @throws {AppError} `not_found`, `unavailable`
 */
export function lookAtReferral(ctx: Context, id: string): Promise<Derived['state']> {
  return onReferral(ctx, id, async () => {
    const loaded = await loadReferral(ctx, ctx.db.fresh, id);
    const found = await findNew(ctx, loaded);
    const steps = [
      ...loaded.steps,
      ...found.map((step, index) => ({ ...step, seq: loaded.row.stepSeq + 1 + index })),
    ];
    const derived = deriveReferral({ ...loaded.facts, steps: steps.map(bare) }, ctx.now());
    const place = { id, stepSeq: loaded.row.stepSeq, lookedSeq: loaded.row.historySeq };
    for (const due of dueOf(loaded.row, derived.state)) {
      if (await settle(ctx, loaded, { due, derived, place })) {
        place.stepSeq += 1;
        if (due.rootId === loaded.row.newsRootId) place.lookedSeq += 1;
      }
    }
    await writeDecision(ctx, conclude(ctx, loaded, { derived, found, place }));
    if (derived.state !== loaded.row.state) ctx.wakeMail('soon');
    return derived.state;
  });
}

interface Place {
  id: string;
  stepSeq: number;
  /** Up to where the friend's history is known: our own bonus is in it, too. */
  lookedSeq: number;
}

const bare = ({ seq, kind, code = null }: { seq: number; kind: string; code?: string | null }) => ({
  seq,
  kind,
  code,
});

/** What is found once there is an order to pay for; what was paid is not doubted again while its order holds. */
async function findNew(ctx: Context, loaded: LoadedReferral): Promise<NewStep[]> {
  const { state } = deriveReferral(loaded.facts, ctx.now());
  const { row, facts, paid } = loaded;
  const isPaid = state === 'rewarded' && paid.size > 0 && isSettled(facts, row.orderId, ctx.now());
  if (isPaid || !['ordered', 'held', 'rewarded'].includes(state)) return [];
  const known = new Set(loaded.steps.filter(({ kind }) => kind === 'found').map(({ code }) => code));
  const reasons = await findReasons(ctx.db.fresh, loaded);
  return reasons.filter((reason) => !known.has(reason)).map((code) => ({ kind: 'found', code }));
}

/** Pays or takes back one account's bonus when it is not as it is owed; with it goes the step that says so. */
async function settle(
  ctx: Context,
  { row, paid }: LoadedReferral,
  { due, derived, place }: { due: Due; derived: Derived; place: Place },
): Promise<boolean> {
  const { rootId, side, amount } = due;
  const standing = paid.get(rootId) ?? 0n;
  if (standing === amount) return false;
  const cause = { kind: 'referral', id: row.id } as const;
  const rowsOf = (kind: 'paid' | 'taken_back') => [
    ...writeSteps(ctx, place, [{ kind, code: side }]),
    statement('UPDATE referrals SET order_id = ? WHERE id = ?', derived.orderId, row.id),
  ];
  const sum = { minor: standing > 0n ? standing : amount, currency: row.currency };
  const params = { side, amount: sum };
  if (standing > 0n) {
    const isReturn = derived.state !== 'declined' && derived.state !== 'held';
    const letters = peopleOf(row, side)
      .filter(({ isReferrer }) => isReturn || !isReferrer)
      .map(({ customerId }): Mail => ({ template: 'referral_returned', params, customerId }));
    const also = { rows: rowsOf('taken_back'), letters };
    return (await reverseBonus(ctx, { rootId, cause, reason: derived.state, also })) !== null;
  }
  const letters = peopleOf(row, side).map(
    ({ customerId }): Mail => ({ template: 'referral_rewarded', params, customerId }),
  );
  return (await grantBonus(ctx, { rootId, cause, amount, also: { rows: rowsOf('paid'), letters } })) !== null;
}

type Row = LoadedReferral['row'];

/** Whom a side's bonus is told: nobody who has not proven their email. */
function peopleOf(row: Row, side: Side): { customerId: string; isReferrer: boolean }[] {
  const referrer = {
    customerId: row.referrerReaderId,
    isReferrer: true,
    isClaimed: row.referrerJoinedAt !== null,
  };
  const friend = {
    customerId: row.friendReaderId,
    isReferrer: false,
    isClaimed: row.friendJoinedAt !== null,
  };
  const people = side === 'both' ? [referrer, friend] : [side === 'own' ? referrer : friend];
  return people.filter(({ isClaimed }) => isClaimed);
}

/**
 * Writes down where the referral stands now, and up to where the friend's account was looked at. When the account has
 * moved on meanwhile, it is due at once.
 */
function conclude(
  ctx: Context,
  loaded: LoadedReferral,
  { derived, found, place }: { derived: Derived; found: NewStep[]; place: Place },
): Decision {
  const { row } = loaded;
  const isMoved = derived.state !== row.state;
  const steps: NewStep[] = isMoved ? [...found, { kind: 'moved', code: derived.state }] : found;
  const stepSeq = place.stepSeq + steps.length;
  const rows = [
    ...(steps.length > 0 ? writeSteps(ctx, place, steps) : []),
    statement(
      `UPDATE referrals SET state = ?, order_id = ?, looked_at = ?,
         due_at = CASE ${newestOfFriend} WHEN ? THEN ? ELSE ? END, looked_seq = CASE ${newestOfFriend} WHEN ? THEN ? ELSE -1 END
       WHERE id = ? AND step_seq = ?`,
      derived.state,
      derived.orderId,
      ctx.now(),
      place.lookedSeq,
      derived.dueAt,
      ctx.now(),
      place.lookedSeq,
      place.lookedSeq,
      row.id,
      stepSeq,
    ),
  ];
  return { rows, also: isMoved ? [tellMove(loaded, derived)] : [] };
}

/** The referrer is told what happened without being told what the friend bought. */
function tellMove({ row, steps }: LoadedReferral, { state, reasons }: Derived): Decision {
  const line = { rootId: row.referrerRootId, detail: { id: row.id } };
  const customerId = row.referrerReaderId;
  const ifClaimed = (letter: Mail) => (row.referrerJoinedAt === null ? [] : [letter]);
  switch (state) {
    case 'joined': {
      if (row.state !== 'invited') return {};
      const own = { minor: row.ownMinor, currency: row.currency };
      const minimum = { minor: row.minimumMinor, currency: row.currency };
      return {
        histories: [{ kind: 'referral_joined', ...line }],
        letters: ifClaimed({ template: 'referral_joined', params: { own, minimum }, customerId }),
      };
    }
    case 'held':
      return {
        histories: [{ kind: 'referral_held', ...line }],
        letters: ifClaimed({ template: 'referral_held', params: { reasons }, customerId }),
      };
    case 'declined': {
      const text = steps.findLast(({ kind }) => kind === 'declined')?.text ?? '';
      const wasPaid = steps.some(({ kind }) => kind === 'paid');
      return { letters: ifClaimed({ template: 'referral_declined', params: { text, wasPaid }, customerId }) };
    }
    default:
      return {};
  }
}
