import { z } from 'zod';
import { isConflictOn, type Statement } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { LetterParams } from '../../../ground/outbox/letter-kind.ts';
import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { listMemberships } from '../../../people/households/list-memberships.ts';
import { managersOf } from '../../../people/households/members.ts';
import { findTold, listLeads, listManaged, listOwed, listUnmanaged, writeTold } from './queries.ts';

type Owed = Awaited<ReturnType<typeof listOwed>>[number];

const peopleShape = z.array(z.string());

/**
 * Writes to who has to act when something has come to wait for them, at most once a business day each: to owners and
 * managers about payouts and donations to hand over, and about people to confirm whom nobody of their company can; to the
 * managers of a company or household about people to confirm. Returns how many mails were written.
 */
export async function tellWaiting(ctx: Context): Promise<number> {
  const { timeZone } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const day = dayOf(ctx.now(), timeZone);
  const told = (await tellStaff(ctx, day)) + (await tellManagers(ctx, day));
  if (told > 0) ctx.wakeMail('soon');
  return told;
}

async function tellStaff(ctx: Context, day: string): Promise<number> {
  const db = ctx.db.fresh;
  const [wasTold] = await findTold(db, { reader: 'staff', subject: day });
  if (wasTold !== undefined) return 0;
  const [owed, people, leads] = await Promise.all([listOwed(db), listUnmanaged(db), listLeads(db)]);
  const fresh = [...owed, ...people].filter(({ isTold }) => !isTold);
  if (fresh.length === 0 || leads.length === 0) return 0;
  const at = ctx.now();
  const params = { owed: sumsOf(owed), people: people.length };
  const letters = leads.map(({ email }): Mail => ({ template: 'staff_waiting', params, address: email }));
  return write(ctx, letters, writeTold({ reader: 'staff', day, subjects: fresh.map(({ id }) => id), at }));
}

/** How many of a kind, and what they come to; by currency. */
function sumsOf(owed: readonly Owed[]): LetterParams['staff_waiting']['owed'] {
  const groups = Map.groupBy(owed, ({ kind, currency }) => `${kind} ${currency}`);
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const minor = rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    return [{ kind: first.kind, count: rows.length, amount: { minor, currency: first.currency } }];
  });
}

async function tellManagers(ctx: Context, day: string): Promise<number> {
  const db = ctx.db.fresh;
  const at = ctx.now();
  let told = 0;
  for (const { rootId, name, people } of await listManaged(db, { day })) {
    const subjects = peopleShape.parse(JSON.parse(people));
    const managers = managersOf(rootId, await listMemberships(db, { rootId }));
    const params = { accountName: name, people: subjects.length };
    const letters = managers.map((customerId): Mail => ({ template: 'people_waiting', params, customerId }));
    told += await write(ctx, letters, writeTold({ reader: rootId, day, subjects, at }));
  }
  return told;
}

/** Whoever is second on a day has nothing to tell. */
async function write(ctx: Context, letters: readonly Mail[], notices: readonly Statement[]): Promise<number> {
  try {
    await writeDecision(ctx, { rows: notices, letters });
    return letters.length;
  } catch (error) {
    if (!isConflictOn(error, 'waiting_notices')) throw error;
    return 0;
  }
}
