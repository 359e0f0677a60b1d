import { and, asc, isNotNull, isNull, sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import { customers, surveySendings } from '../../../db/schema/index.ts';
import type { Context } from '../../ground/platform/context.ts';
import { passOver } from '../../money/accounts/change-account.ts';
import { listPlaces, type Place } from '../../money/accounts/places.ts';
import { isInAudienceNow } from '../../money/programme/audience.ts';
import type { AskedPeople } from './definition.ts';
import { type InviteOutcome, invite, type SurveyRequest } from './invite.ts';
import { listSpokenFor } from './main-contact.ts';
import { findSurvey } from './queries.ts';
import { readDefinition } from './read-definition.ts';

const STEP = 50;
/** Whom one run invites and whom it looks at, since many may rest; the next goes on. */
const INVITATIONS_MAX = 500;
const PEOPLE_MAX = 2000;

const listOpenSendings = query((db) =>
  db
    .select({
      id: surveySendings.id,
      surveyId: surveySendings.surveyId,
      occasion: surveySendings.occasion,
      boughtSince: surveySendings.boughtSince,
      segmentId: surveySendings.segmentId,
      afterCustomerId: surveySendings.afterCustomerId,
    })
    .from(surveySendings)
    .where(isNull(surveySendings.finishedAt))
    .orderBy(asc(surveySendings.at)),
);
type Sending = Awaited<ReturnType<typeof listOpenSendings>>[number];

/**
 * Claimed customers behind an id, in the order of ids; `boughtSince` and `segmentId` narrow them where they are not null. Where
 * main contacts are asked, anybody of their account may have bought.
 */
const listRecipients = query((db) =>
  db
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        sql`${customers.id} > ${sql.placeholder('after')}`,
        isNotNull(customers.claimedAt),
        isNull(customers.withdrawnAt),
        sql`(${sql.placeholder('boughtSince')} IS NULL OR EXISTS (SELECT 1 FROM memberships m
          JOIN accounts a ON a.id = m.account_id JOIN orders o ON o.root_id = a.root_id
          WHERE m.customer_id = customers.id
            AND (o.customer_id = customers.id OR ${sql.placeholder('asksMain')} = 1 AND m.until IS NULL)
            AND o.placed_at >= ${sql.placeholder('boughtSince')}))`,
        sql`(${sql.placeholder('segmentId')} IS NULL OR EXISTS (SELECT 1 FROM memberships m JOIN accounts a ON a.id = m.account_id
          WHERE m.customer_id = customers.id AND m.until IS NULL
            AND ${isInAudienceNow(sql`a.root_id`, sql`${sql.placeholder('segmentId')}`)}))`,
      ),
    )
    .orderBy(asc(customers.id))
    .limit(STEP),
);

/** Which of some root accounts are in a segment. */
const listInSegment = query((db) =>
  db
    .select({ rootId: sql<string>`j.value` })
    .from(sql`json_each(${sql.placeholder('ids')}) AS j`)
    .where(isInAudienceNow(sql`j.value`, sql`${sql.placeholder('segmentId')}`)),
);

/** Which of some root accounts bought since a day, whoever ordered. */
const listBoughtSince = query((db) =>
  db
    .select({ rootId: sql<string>`j.value` })
    .from(sql`json_each(${sql.placeholder('ids')}) AS j`)
    .where(
      sql`EXISTS (SELECT 1 FROM orders AS o WHERE o.root_id = j.value AND o.placed_at >= ${sql.placeholder('boughtSince')})`,
    ),
);

/** Goes on with what was sent to many; running it twice at once invites nobody twice. */
export async function workSendings(ctx: Context): Promise<number> {
  let invited = 0;
  for (const sending of await listOpenSendings(ctx.db.fresh)) {
    invited += await workOne(ctx, sending, INVITATIONS_MAX - invited);
    if (invited >= INVITATIONS_MAX) break;
  }
  return invited;
}

async function workOne(ctx: Context, sending: Sending, most: number): Promise<number> {
  const survey = await findSurvey(ctx.db.fresh, { id: sending.surveyId });
  if (survey === null || survey.closedAt !== null) {
    await ctx.db.write([finish(sending, ctx.now())]);
    return 0;
  }
  const asked = { id: survey.id, version: survey.version, definition: readDefinition(survey.definition) };
  let [after, done] = [sending.afterCustomerId, 0];
  for (let seen = 0; done < most && seen < PEOPLE_MAX; seen += STEP) {
    const people = await listRecipients(ctx.db.fresh, {
      after,
      boughtSince: sending.boughtSince,
      segmentId: sending.segmentId,
      asksMain: asked.definition.asks === 'main_contact' ? 1 : 0,
    });
    const last = people.at(-1);
    if (last === undefined) {
      await ctx.db.write([finish(sending, ctx.now())]);
      return done;
    }
    const tally = { invited: 0, resting: 0 };
    for (const { id } of people) {
      const outcome = await inviteOne(ctx, { survey: asked, sending, customerId: id });
      if (outcome?.kind === 'invited') tally.invited += 1;
      if (outcome?.kind === 'resting') tally.resting += 1;
    }
    await ctx.db.write([moveOn(sending, { from: after, to: last.id, ...tally })]);
    after = last.id;
    done += tally.invited;
  }
  return done;
}

async function inviteOne(
  ctx: Context,
  about: { survey: SurveyRequest['survey']; sending: Sending; customerId: string },
): Promise<InviteOutcome | null> {
  const { survey, sending, customerId } = about;
  const rootId = await findRoot(ctx, { sending, asks: survey.definition.asks, customerId });
  if (rootId === null) return null;
  const { occasion } = sending;
  const reason = occasion.startsWith('season') ? 'season' : 'hand';
  try {
    return await invite(ctx, { survey, customerId, rootId, reason, occasion });
  } catch (error) {
    passOver(ctx, error, rootId);
    return null;
  }
}

/**
 * The account that somebody is asked about: their own first, of those in the segment where it is sent to one. Where main contacts
 * alone are asked, one that they speak for, and that bought since the day where there is one.
 */
async function findRoot(
  ctx: Context,
  { sending, asks, customerId }: { sending: Sending; asks?: AskedPeople; customerId: string },
): Promise<string | null> {
  const db = ctx.db.fresh;
  const { segmentId } = sending;
  const places = await listPlaces(db, customerId);
  const rootIds =
    asks === 'main_contact'
      ? await spokenFor(ctx, { sending, places, customerId })
      : places.map(({ rootId }) => rootId);
  if (segmentId === null) return rootIds[0] ?? null;
  const fitting = await listInSegment(db, { ids: JSON.stringify(rootIds), segmentId });
  return rootIds.find((id) => fitting.some(({ rootId }) => rootId === id)) ?? null;
}

/** Companies and households first: where their main contact were asked about something else, nobody would be asked about them. */
async function spokenFor(
  ctx: Context,
  { sending, places, customerId }: { sending: Sending; places: readonly Place[]; customerId: string },
): Promise<string[]> {
  const db = ctx.db.fresh;
  const { boughtSince } = sending;
  const shared = places.filter(({ name }) => name !== null);
  const own = places.filter(({ name }) => name === null);
  const ids = [...shared, ...own].map(({ rootId }) => rootId);
  const [spoken, bought] = await Promise.all([
    listSpokenFor(db, { ids: JSON.stringify(ids), customerId }),
    boughtSince === null ? null : listBoughtSince(db, { ids: JSON.stringify(ids), boughtSince }),
  ]);
  const isAmong = (rows: readonly { rootId: string }[], id: string) =>
    rows.some(({ rootId }) => rootId === id);
  return ids.filter((id) => isAmong(spoken, id) && (bought === null || isAmong(bought, id)));
}

/** Of two runs that invited the same people, the first counts them. */
function moveOn({ id }: Sending, step: { from: string; to: string; invited: number; resting: number }) {
  return statement(
    `UPDATE survey_sendings SET after_customer_id = ?, invited = invited + ?, resting = resting + ?
     WHERE id = ? AND after_customer_id = ?`,
    step.to,
    step.invited,
    step.resting,
    id,
    step.from,
  );
}

function finish({ id }: Sending, now: number) {
  return statement(
    'UPDATE survey_sendings SET finished_at = ? WHERE id = ? AND finished_at IS NULL',
    now,
    id,
  );
}
