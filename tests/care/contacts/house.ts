import { logContact } from '../../../functions/care/contacts/log-contact.ts';
import type { LogContactInput } from '../../../functions/care/contacts/schema.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

/** A shop with Ann and Bob, who bought something, a company with a department, and who works there. */
export async function openContactHouse() {
  const shop = await openShop(moneyBack);
  const order = await shop.order({ email: 'ann@example.com', number: 'A-1', totals: [12_000] });
  const other = await shop.order({ email: 'bob@example.com', number: 'B-1', totals: [5000] });
  const agent = await hire(shop, 'agent@example.com', 'agent');
  const owner = await hire(shop, 'owner@example.com', 'owner');
  const analyst = await hire(shop, 'analyst@example.com', 'analyst');
  return { shop, ctx: shop.ctx, agent, owner, analyst, ann: order.customerId, bob: other.customerId };
}

async function hire({ ctx }: Shop, email: string, role: Role): Promise<Context & { staffId: string }> {
  await addStaff(ctx, { email, role });
  const [row] = await ctx.db.read({ sql: 'SELECT id FROM staff WHERE email = ?', args: [email] });
  const id = String(row?.[0]);
  return { ...ctx, actor: { kind: 'staff', id, role }, staffId: id };
}

let keys = 0;

/** A contact of which only what matters is given. */
export function aContact(told: Partial<LogContactInput>): LogContactInput {
  keys += 1;
  return {
    ...{ channel: 'phone', direction: 'out', isMissed: false, at: null, durationS: null, staffId: null },
    ...{ summary: null, mood: null, satisfaction: null, customerId: null, accountId: null, number: null },
    ...{ order: null, wantsAnswer: false, nextStep: null, source: 'console', reference: null },
    key: keys.toString(16).padStart(32, '0'),
    ...told,
  };
}

export const log = (ctx: Context, told: Partial<LogContactInput>) => logContact(ctx, aContact(told));

/** What a statement reads, row by row; integers as numbers. */
export async function rowsOf({ db }: Pick<Context, 'db'>, sql: string, ...args: string[]) {
  const rows = await db.read({ sql, args });
  return rows.map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
}
