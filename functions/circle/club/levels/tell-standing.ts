import { sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import { type Notice, type Recipient, type Told, tellEach } from '../../../ground/outbox/tell-each.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { mailPeopleOf } from '../mail-people.ts';
import { type LevelBusiness, loadWindows } from '../standing.ts';
import { type LevelStanding, numberAt, standingOf } from './standing-of.ts';

const MEMBERS_A_STEP = 200;

export type LetterOf = (customerId: string, rootId: string) => Mail;

interface Found extends Recipient {
  letterOf: LetterOf;
}

/** What members are told of their level as it stood at a moment. */
interface StandingTold {
  subject: string;
  at: number;
  /** By a standing and the number of the level a moment before; null for who has nothing to hear. */
  letterOf: (standing: LevelStanding, before: number) => LetterOf | null;
  write?: (one: Recipient, notice: Notice) => Promise<unknown>;
}

/** Tells members of their level by what they have bought until now, each once of each subject. */
export function tellStanding(
  ctx: Context,
  business: LevelBusiness,
  { write, ...told }: StandingTold,
): Promise<Told> {
  return tellEach<Found>(ctx, {
    list: (after) => listNext(ctx, business, { ...told, after }),
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

/** The next who have something to hear, behind an account; none at the end. */
async function listNext(
  ctx: Context,
  business: LevelBusiness,
  { subject, at, letterOf, after }: Omit<StandingTold, 'write'> & { after: string },
): Promise<Found[]> {
  const db = ctx.db.fresh;
  let from = after;
  for (;;) {
    const rows = await listUntold(db, { subject, after: from });
    const last = rows.at(-1);
    if (last === undefined) return [];
    const accountIds = rows.map(({ accountId }) => accountId);
    const { reckoning, windows } = await loadWindows(db, business, { accountIds, now: at });
    const found = accountIds.flatMap((reader) => {
      const own = windows.get(reader) ?? [];
      const letter = letterOf(standingOf(reckoning, own, at), numberAt(reckoning, own, at - 1));
      return letter === null ? [] : [{ reader, subject, letterOf: letter }];
    });
    if (found.length > 0) return found;
    from = last.accountId;
  }
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
