import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { findGroups } from '../../insight/facts/find-groups.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { ReplyStandard } from '../../voice/feedback/reply-clock.ts';
import { pickStandard, type WaitingFor } from './pick-standard.ts';
import { listLevelsOf, listStandardRows } from './queries.ts';

/** The standard of now for each who waits. */
export const replyStandard: ReplyStandard = async (ctx, waiters) => {
  const standards = await listStandardRows(ctx.db.fresh);
  if (standards.length === 0) return waiters.map(() => null);
  const knowsPeople = standards.some(({ audience, level }) => audience !== null || level !== null);
  const ids = waiters.flatMap(({ rootId }) => rootId ?? []);
  const who = knowsPeople && ids.length > 0 ? await findPeople(ctx, ids) : () => nobody;
  return waiters.map(({ kind, channel, rootId }) => {
    const known = rootId === null ? nobody : who(rootId);
    return pickStandard(standards, { kind, channel, ...known });
  });
};

type Known = Pick<WaitingFor, 'audience' | 'level'>;
const nobody: Known = { audience: null, level: null };

async function findPeople(ctx: Context, ids: readonly string[]): Promise<(rootId: string) => Known> {
  const { timeZone } = await getBusiness(ctx);
  const [groupOf, levels] = await Promise.all([
    findGroups(ctx, ids),
    listLevelsOf(ctx.db, { ids: JSON.stringify(ids), day: dayOf(ctx.now(), timeZone) }),
  ]);
  const levelOf = new Map(levels.map(({ rootId, level }) => [rootId, level]));
  return (rootId) => ({ audience: groupOf(rootId), level: levelOf.get(rootId) ?? null });
}
