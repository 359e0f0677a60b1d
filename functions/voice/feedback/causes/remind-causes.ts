import { once, type Recipient, tellEach } from '../../../ground/outbox/tell-each.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { listDue } from './queries.ts';
import { lettersAbout, listTeamOn } from './tell-team.ts';

/** Tells who sees to a cause on the business day by which it was to be done, once for each day that was said. */
export async function remindCauses(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const { timeZone } = await getBusiness({ ...ctx, db });
  const today = dayOf(ctx.now(), timeZone);
  const due = await listUntold(ctx, today);
  if (due.length === 0) return 0;
  const team = await listTeamOn(db, today);
  const { told } = await tellEach<Due>(ctx, {
    list: once(due),
    lettersTo: async (step) =>
      step.map(({ id, name, dueOn, ownerId }) =>
        lettersAbout({ causeId: id, name, why: 'due', dueOn, reference: null }, { team, ownerId }),
      ),
  });
  return told;
}

type Due = Recipient & Awaited<ReturnType<typeof listDue>>[number];

const listUntold = async (ctx: Context, today: string): Promise<Due[]> =>
  (await listDue(ctx.db.fresh, { today, untold: 1 })).map((cause) => ({
    ...cause,
    ...{ reader: `cause:${cause.id}`, subject: `cause-due ${cause.dueOn}` },
  }));
