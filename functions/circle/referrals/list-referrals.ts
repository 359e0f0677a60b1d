import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { StepRow } from './queries.ts';
import { countReferrals, listPageSteps, listReferralPage } from './shown.ts';
import { lastDecision, openReasons, type ReferralState } from './state.ts';
import type { ReferralItem, ReferralsPage } from './types.ts';

const ROWS_A_PAGE = 30;

/**
 * A page of referrals for staff: in one state, those that wait longest first, or all, the newest first. A page beyond the
 * last shows the last.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listReferrals(
  ctx: Context,
  asked: { state: ReferralState | null; page: number },
): Promise<ReferralsPage> {
  allow(ctx.actor, 'customers:read');
  const { db } = ctx;
  const state = asked.state ?? '';
  const span = { state, offset: (asked.page - 1) * ROWS_A_PAGE, limit: ROWS_A_PAGE };
  const [counts, rows, steps] = await Promise.all([
    countReferrals(db),
    listReferralPage(db, span),
    listPageSteps(db, span),
  ]);
  const total = counts.reduce((sum, row) => (state === '' || row.state === state ? sum + row.count : sum), 0);
  const pages = Math.max(1, Math.ceil(total / ROWS_A_PAGE));
  if (asked.page > pages) return listReferrals(ctx, { ...asked, page: pages });
  const stepsOf = Map.groupBy(steps, ({ referralId }) => referralId);
  return {
    items: rows.map((row) => itemOf(row, stepsOf.get(row.id) ?? [])),
    page: asked.page,
    pages,
    waiting: counts.find((row) => row.state === 'held')?.count ?? 0,
  };
}

function itemOf(
  row: Awaited<ReturnType<typeof listReferralPage>>[number],
  steps: readonly StepRow[],
): ReferralItem {
  const { id, state, toldAt, referrer, friend } = row;
  const decided = lastDecision(steps)?.seq ?? 0;
  return {
    id,
    state,
    toldAt,
    referrer: { customerId: row.referrerId, name: referrer.name, email: referrer.email ?? '' },
    friend: { customerId: row.friendId, name: friend.name, email: friend.email ?? '' },
    reasons: openReasons(steps),
    isAppealed: steps.some(({ kind, seq }) => kind === 'appealed' && seq > decided),
  };
}
