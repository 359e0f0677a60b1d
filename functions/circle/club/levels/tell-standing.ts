import { sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import type { Notice, Recipient, Told } from '../../../ground/outbox/tell-each.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { mailPeopleOf } from '../mail-people.ts';
import { type LevelBusiness, loadWindows } from '../standing.ts';
import { tellMembers } from '../tell-members.ts';
import { type LevelStanding, numberAt, standingOf } from './standing-of.ts';

const MEMBERS_A_STEP = 200;

export type LetterOf = (customerId: string, rootId: string) => Mail;

interface Found extends Recipient {
  letterOf: LetterOf;
}

/** What members are told of their level. */
interface StandingTold {
  subject: string;
  /** The business day that names this round through all members; one that was broken off goes on where it was. */
  run: string;
  at: number;
  /** By a standing of now, and the numbers of the level just before and at the moment; null for who has nothing to hear. */
  letterOf: (standing: LevelStanding, moment: { before: number; after: number }) => LetterOf | null;
  write?: (one: Recipient, notice: Notice) => Promise<unknown>;
}

/** Tells members of their level by what they have bought until now, each once of each subject. */
export function tellStanding(
  ctx: Context,
  business: LevelBusiness,
  { write, run, ...told }: StandingTold,
): Promise<Told> {
  return tellMembers<Found>(ctx, {
    ...{ sweep: `${told.subject} at`, round: run },
    read: (after) => readStep(ctx, business, { ...told, after }),
    lettersTo: (step) => {
      const letters = new Map(step.map(({ reader, letterOf }) => [reader, letterOf]));
      return mailPeopleOf(ctx, step, (customerId, rootId) => {
        const letterOf = letters.get(rootId);
        if (letterOf === undefined) throw new RangeError('Only who was listed is told.');
        return letterOf(customerId, rootId);
      });
    },
    ...(write === undefined ? {} : { write }),
  });
}

async function readStep(
  ctx: Context,
  business: LevelBusiness,
  { subject, at, letterOf, after }: Omit<StandingTold, 'write' | 'run'> & { after: string },
): Promise<{ last: string | null; found: Found[] }> {
  const db = ctx.db.fresh;
  const rows = await listUntold(db, { subject, after });
  const accountIds = rows.map(({ accountId }) => accountId);
  const now = ctx.now();
  const [then, current] = await Promise.all(
    [at, now].map((moment) => loadWindows(db, business, { accountIds, now: moment })),
  );
  if (then === undefined || current === undefined) return { last: null, found: [] };
  const found = accountIds.flatMap((reader) => {
    const own = then.windows.get(reader) ?? [];
    const [before = 0, after = 0] = [at - 1, at].map((moment) => numberAt(then.reckoning, own, moment));
    const standing = standingOf(current.reckoning, current.windows.get(reader) ?? [], now);
    const letter = letterOf(standing, { before, after });
    return letter === null ? [] : [{ reader, subject, letterOf: letter }];
  });
  return { last: accountIds.at(-1) ?? null, found };
}

const listUntold = query((db) =>
  db
    .selectDistinct({ accountId: sql<string>`m.account_id` })
    .from(sql`club_memberships m`)
    .where(
      sql`m.account_id > ${sql.placeholder('after')}
        AND NOT EXISTS (SELECT 1 FROM club_endings e WHERE e.membership_id = m.id)
        AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.subject = ${sql.placeholder('subject')} AND n.reader = m.account_id)`,
    )
    .orderBy(sql`m.account_id`)
    .limit(MEMBERS_A_STEP),
);
