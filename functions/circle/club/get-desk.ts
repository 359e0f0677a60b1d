import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type Benefit, listBenefits } from './benefits/list-benefits.ts';
import type { DropAnswer } from './drops/answer.ts';
import { listDrops } from './drops/list-drops.ts';
import { listAnswers, listNewestEvents } from './events/queries.ts';
import { seatsOf } from './events/seating.ts';
import { getClub } from './get-club.ts';
import { listMembers } from './list-members.ts';
import { readTexts, type Texts } from './texts.ts';

interface Asking {
  id: string;
  accountId: string;
  customerId: string;
  email: string;
  name: string | null;
  at: number;
}

/** The club as staff see it. */
export interface Desk {
  currency: string | null;
  spend: Awaited<ReturnType<typeof getClub>>['spend'];
  levels: Awaited<ReturnType<typeof getClub>>['levels'];
  applications: (Asking & { text: string })[];
  invitations: Asking[];
  members: Awaited<ReturnType<typeof listMembers>>;
  benefits: Benefit[];
  drops: (DropAnswer & { isOver: boolean })[];
  events: {
    id: string;
    texts: Texts;
    startsAt: number;
    places: number;
    seated: number;
    waiting: number;
    isCancelled: boolean;
  }[];
}

/** What waits for staff, and what there is. @throws {AppError} `forbidden`, `unauthenticated` */
export async function getDesk(ctx: Context, { cursor }: { cursor: string | null }): Promise<Desk> {
  allow(ctx.actor, 'customers:read');
  const { db } = ctx;
  const [club, applications, invitations, members, benefits, drops, events] = await Promise.all([
    getClub(ctx),
    listWaiting(db),
    listInvited(db),
    listMembers(ctx, { cursor }),
    listBenefits(db, ctx.now()),
    listDrops(ctx),
    listEventsForDesk(ctx),
  ]);
  const { currency, spend, levels } = club;
  return {
    currency,
    spend,
    levels,
    applications,
    invitations,
    members,
    benefits,
    drops: drops.items.map((drop) => ({ ...drop, isOver: Date.parse(drop.closesAt) < ctx.now() })),
    events,
  };
}

async function listEventsForDesk({ db }: Context): Promise<Desk['events']> {
  const rows = await listNewestEvents(db);
  const answers = await listAnswers(db, { ids: JSON.stringify(rows.map(({ id }) => id)) });
  return rows.map(({ id, texts, startsAt, places, cancelledAt }) => {
    const seats = [
      ...seatsOf(
        answers.filter(({ eventId }) => eventId === id),
        places,
      ).values(),
    ];
    return {
      id,
      texts: readTexts(texts),
      startsAt,
      places,
      seated: seats
        .filter(({ state }) => state === 'seated')
        .reduce((sum, { guests }) => sum + 1 + guests, 0),
      waiting: seats.filter(({ state }) => state === 'waiting').length,
      isCancelled: cancelledAt !== null,
    };
  });
}

const asking = {
  id: sql<string>`x.id`,
  accountId: sql<string>`x.account_id`,
  customerId: sql<string>`x.customer_id`,
  email: sql<string>`c.email`,
  name: sql<string | null>`c.name`,
  at: sql<number>`x.at`.mapWith(Number),
};

const listWaiting = query((db) =>
  db
    .select({ ...asking, text: sql<string>`x.text` })
    .from(sql`club_applications x`)
    .innerJoin(sql`customers c`, sql`c.id = x.customer_id`)
    .where(sql`x.id NOT IN (SELECT application_id FROM club_decisions)`)
    .orderBy(sql`x.at`)
    .limit(100),
);

const listInvited = query((db) =>
  db
    .select(asking)
    .from(sql`club_invitations x`)
    .innerJoin(sql`customers c`, sql`c.id = x.customer_id`)
    .where(sql`x.id NOT IN (SELECT invitation_id FROM club_invitation_answers)`)
    .orderBy(sql`x.at DESC`)
    .limit(100),
);
