import { getBusiness } from '../../../money/business/business.ts';
import type { Waived, Waiver } from '../../../money/redemptions/waivers.ts';
import { titlesOf } from '../drops/statements.ts';
import { hasLevel } from '../level.ts';
import { listMembersAmong } from '../queries.ts';
import { loadStandings } from '../standing.ts';
import { readTexts } from '../texts.ts';
import { listWaiving } from './queries.ts';

/** The club may let its members off a voucher's minimum, all of them or from a level on. */
export const waivedByClub: Waiver = async (ctx, accountIds) => {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const [benefits, members] = await Promise.all([
    listWaiving(db, { now }),
    listMembersAmong(db, { ids: JSON.stringify(accountIds), now }),
  ]);
  if (benefits.length === 0 || members.length === 0) return new Map();
  const ids = members.map(({ id }) => id);
  const { levels, standings } = await loadStandings(db, await getBusiness({ ...ctx, db }), {
    accountIds: ids,
    now,
  });
  return new Map(
    ids.flatMap((id): [string, Waived][] => {
      const number = standings.get(id)?.number ?? 0;
      const had = benefits.find(({ level }) => hasLevel(levels, { level, number }));
      if (had === undefined) return [];
      return [[id, { by: 'club', id: null, who: null, until: null, reason: titlesOf(readTexts(had.texts)) }]];
    }),
  );
};
