import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { choosePlace, listOwnPlaces } from '../../../money/accounts/own-places.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { listAudiencesOf } from '../../../money/programme/audience.ts';
import { opensAtFor } from '../level.ts';
import { loadMember } from '../standing.ts';
import { readTexts, type Texts } from '../texts.ts';
import { type ClaimState, claimStateOf } from './claim-state.ts';
import { listClaimsOf, listNewestDrops, listWindows } from './queries.ts';

/** A drop as a member sees it. */
export interface DropView {
  id: string;
  texts: Texts;
  stock: number;
  left: number;
  waiting: number;
  closesAt: number;
  holdHours: number | null;
  closeReason: string | null;
  /** When it opens to them; null for never at their level. */
  opensAt: number | null;
  state: 'coming' | 'open' | 'over' | 'closed';
  mine: ClaimState | null;
}

const MONTH_MS = 30 * DAY_MS;

/** What is to come and open, and of the last month what is over; for members only, empty for others. */
export async function listMemberDrops(ctx: Context, accountId: string): Promise<DropView[]> {
  const { db } = ctx;
  const now = ctx.now();
  const business = await getBusiness(ctx);
  const [member, rows, claims, audiences] = await Promise.all([
    loadMember(db, business, { accountId, now }),
    listNewestDrops(db),
    listClaimsOf(db, { accountId }),
    listAudiencesOf(db, accountId),
  ]);
  const own = new Map(claims.map((row) => [row.dropId, claimStateOf(row)]));
  const shown = rows.filter(
    ({ id, closesAt, segmentId }) =>
      own.has(id) ||
      (member.isMember &&
        closesAt > now - MONTH_MS &&
        (segmentId === null || audiences.some((one) => one.segmentId === segmentId))),
  );
  if (shown.length === 0) return [];
  const windows = await listWindows(db, { ids: JSON.stringify(shown.map(({ id }) => id)) });
  return shown.map((row) => {
    const opensAt = opensAtFor(
      windows.filter(({ dropId }) => dropId === row.id),
      member,
    );
    const { id, stock, closesAt, holdHours, closeReason, waiting } = row;
    return {
      id,
      texts: readTexts(row.texts),
      stock,
      left: Math.max(0, stock - row.taken),
      waiting,
      closesAt,
      holdHours,
      closeReason,
      opensAt,
      state: stateOf({ closedAt: row.closedAt, closesAt, opensAt }, now),
      mine: own.get(id) ?? null,
    };
  });
}

/** One of them. @throws {AppError} `not_found` */
export async function getMemberDrop(
  ctx: Context,
  { accountId, dropId }: { accountId: string | null; dropId: string },
): Promise<DropView> {
  const place = await choosePlace(ctx, await listOwnPlaces(ctx), accountId);
  const drop = (await listMemberDrops(ctx, place.rootId)).find(({ id }) => id === dropId);
  if (drop === undefined) throw new AppError('not_found', 'There is no such drop.');
  return drop;
}

function stateOf(
  { closedAt, closesAt, opensAt }: { closedAt: number | null; closesAt: number; opensAt: number | null },
  now: number,
): DropView['state'] {
  if (closedAt !== null) return 'closed';
  if (closesAt <= now) return 'over';
  return opensAt !== null && opensAt <= now ? 'open' : 'coming';
}
