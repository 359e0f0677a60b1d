import { statement } from '../../../db/query.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context, Role } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { addStaff } from '../../people/staff/add-staff.ts';
import { endLinks } from '../../people/staff/end-links.ts';
import { findStaffByEmail } from '../../people/staff/find-staff.ts';
import { giveGoodwill } from '../../voice/feedback/give-goodwill.ts';
import { assignCase } from '../../voice/feedback/staff-case.ts';
import type { DemoHappening } from './spending.ts';

/** Who works for the business of the demo. Nobody of them can sign in before `staff add` lets them in. */
const team = {
  olena: { email: 'olena@fernandkettle.example', role: 'owner' },
  maryna: { email: 'maryna@fernandkettle.example', role: 'manager' },
  petro: { email: 'petro@fernandkettle.example', role: 'agent' },
  yurii: { email: 'yurii@fernandkettle.example', role: 'analyst' },
} as const satisfies Record<string, { email: string; role: Role }>;

/** The team comes first of all, so that whatever follows can be theirs. */
export function joinTeam(at: number): DemoHappening {
  return {
    at,
    run: async (ctx) => {
      for (const member of Object.values(team)) {
        await addStaff(ctx, member);
        const { id } = await memberOf(ctx, member.email);
        await ctx.db.write([
          endLinks(id, ctx.now()),
          statement('UPDATE staff SET by_link_only = 1 WHERE id = ?', id),
        ]);
      }
    },
  };
}

/** A complaint that has its person, who asks for more credit than they may give alone. */
export function teamStories(now: number, { complaintBy }: { complaintBy: string }): DemoHappening[] {
  const at = (days: number, run: DemoHappening['run']): DemoHappening => {
    const moment = now - days * DAY_MS;
    return { at: moment, run: (ctx) => run({ ...ctx, now: () => moment }) };
  };
  return [
    at(5, async (ctx) => {
      const feedbackId = await latestOf(ctx, complaintBy);
      const own = await asColleague(ctx, 'petro');
      await assignCase(own, { feedbackId, staffId: own.actor.id });
      await giveGoodwill(own, {
        ...{ feedbackId, key: 'demo-wet-tea', amount: 3000n },
        reason: 'Sorry for the wet parcel',
      });
    }),
  ];
}

/** The same context of somebody who works for the demo. */
export async function asColleague(
  ctx: Context,
  name: keyof typeof team,
): Promise<Context & { actor: { kind: 'staff'; id: string; role: Role } }> {
  const { email, role } = team[name];
  const { id } = await memberOf(ctx, email);
  return { ...ctx, actor: { kind: 'staff', id, role } };
}

async function latestOf(ctx: Context, email: string): Promise<string> {
  const [row] = await ctx.db.read({
    sql: `SELECT id FROM feedback WHERE kind = 'complaint'
      AND customer_id = (SELECT id FROM customers WHERE email = ?) ORDER BY id DESC LIMIT 1`,
    args: [email],
  });
  assert(row !== undefined, `${email} has complained`);
  return String(row[0]);
}

async function memberOf(ctx: Context, email: string): Promise<{ id: string }> {
  const [member] = await findStaffByEmail(ctx.db.fresh, { email });
  assert(member !== undefined, `${email} works for the demo`);
  return member;
}
