import { asc, eq, type SQL, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../../db/query.ts';
import { causeEvents, causeSteps, causes, staff } from '../../../../db/schema/index.ts';

const causeColumns = {
  id: causes.id,
  name: causes.name,
  openedAt: causes.openedAt,
  closedAt: causes.closedAt,
  closedBefore: causes.closedBefore,
  outcome: causes.outcome,
  changeText: causes.changeText,
  publishedAt: causes.publishedAt,
  process: causes.process,
  convenientFor: causes.convenientFor,
  ownerId: causes.ownerId,
  dueOn: causes.dueOn,
  /** The number of its newest event; 0 of what was opened by an earlier release. */
  eventSeq:
    sql<number>`(SELECT coalesce(max(e.seq), 0) FROM cause_events AS e WHERE e.cause_id = causes.id)`.mapWith(
      Number,
    ),
};

export const findCause = queryOne((db) =>
  db
    .select(causeColumns)
    .from(causes)
    .where(eq(causes.id, sql.placeholder('id'))),
);
export type CauseRow = NonNullable<Awaited<ReturnType<typeof findCause>>>;

export const findCauseByName = queryOne((db) =>
  db
    .select(causeColumns)
    .from(causes)
    .where(eq(causes.name, sql.placeholder('name'))),
);

const casesOf = (among: SQL) =>
  sql<number>`(SELECT count(*) FROM cases AS k WHERE k.cause_id = causes.id${among})`.mapWith(Number);
const stepsOf = (among: SQL) =>
  sql<number>`(SELECT count(*) FROM cause_steps AS s WHERE s.cause_id = causes.id AND ${among})`.mapWith(
    Number,
  );

const listedColumns = {
  ...causeColumns,
  owner: { id: staff.id, email: staff.email, name: staff.name },
  said: casesOf(sql``),
  open: casesOf(sql` AND k.state IN ('open', 'answered', 'waiting')`),
  stepsDone: stepsOf(sql`s.outcome = 'done'`),
  stepsOpen: stepsOf(sql`s.outcome IS NULL`),
};

export const listCauseRows = query((db) =>
  db
    .select(listedColumns)
    .from(causes)
    .leftJoin(staff, eq(staff.id, causes.ownerId))
    .orderBy(sql`closed_at IS NOT NULL`, sql`${causes.dueOn} IS NULL`, causes.dueOn, causes.name),
);
export type ListedCauseRow = Awaited<ReturnType<typeof listCauseRows>>[number];

export const findListedCause = queryOne((db) =>
  db
    .select(listedColumns)
    .from(causes)
    .leftJoin(staff, eq(staff.id, causes.ownerId))
    .where(eq(causes.id, sql.placeholder('id'))),
);

export const listNames = query((db) =>
  db
    .select({ id: causes.id, name: causes.name })
    .from(causes)
    .orderBy(sql`closed_at IS NOT NULL`, causes.name),
);

export const listProcessNames = query((db) =>
  db
    .selectDistinct({ process: sql<string>`${causes.process}` })
    .from(causes)
    .where(sql`${causes.process} IS NOT NULL`)
    .orderBy(causes.process),
);

export const listSteps = query((db) =>
  db
    .select({
      id: causeSteps.id,
      what: causeSteps.what,
      outcome: causeSteps.outcome,
      endedAt: causeSteps.endedAt,
    })
    .from(causeSteps)
    .where(eq(causeSteps.causeId, sql.placeholder('id')))
    .orderBy(asc(causeSteps.id)),
);
export type CauseStep = Awaited<ReturnType<typeof listSteps>>[number];

export const findStep = queryOne((db) =>
  db
    .select({ outcome: causeSteps.outcome, what: causeSteps.what })
    .from(causeSteps)
    .where(
      sql`${causeSteps.id} = ${sql.placeholder('step')} AND ${causeSteps.causeId} = ${sql.placeholder('id')}`,
    ),
);

const nameOf = (actor: SQL) => sql<string | null>`(SELECT coalesce(s.name, s.email) FROM staff AS s
    WHERE 'staff:' || s.id = ${actor} UNION ALL
  SELECT k.name FROM api_keys AS k WHERE 'key:' || k.id = ${actor})`;

/** What the row of a cause says of its events, with the names of who did it. */
export const findRowActs = queryOne((db) =>
  db
    .select({
      openedAt: causes.openedAt,
      openedBy: nameOf(sql`causes.opened_by`),
      closedAt: causes.closedAt,
      closedBy: nameOf(sql`causes.closed_by`),
      outcome: causes.outcome,
      closedBefore: causes.closedBefore,
    })
    .from(causes)
    .where(eq(causes.id, sql.placeholder('id'))),
);
export type CauseRowActs = NonNullable<Awaited<ReturnType<typeof findRowActs>>>;

/** With the names of who did it and whom or what it is about: staff, keys, steps, and feedback by its reference. */
export const listEvents = query((db) =>
  db
    .select({
      kind: causeEvents.kind,
      at: causeEvents.at,
      by: nameOf(sql`cause_events.actor`),
      subject: sql<string | null>`(SELECT coalesce(s.name, s.email) FROM staff AS s
          WHERE s.id = cause_events.subject_id UNION ALL
        SELECT p.what FROM cause_steps AS p WHERE p.id = cause_events.subject_id UNION ALL
        SELECT f.reference FROM feedback AS f WHERE f.id = cause_events.subject_id)`,
    })
    .from(causeEvents)
    .where(eq(causeEvents.causeId, sql.placeholder('id')))
    .orderBy(asc(causeEvents.seq)),
);
export type CauseEvent = Awaited<ReturnType<typeof listEvents>>[number];

/** A member of the team, by id or email, who works here and may do more than read. */
export const findOwner = queryOne((db) =>
  db
    .select({ id: staff.id })
    .from(staff)
    .where(
      sql`(${staff.id} = ${sql.placeholder('who')} OR ${staff.email} = ${sql.placeholder('who')})
        AND ${staff.disabledAt} IS NULL AND ${staff.role} <> 'analyst'`,
    ),
);

/** Open causes whose day has come; `untold` leaves out whose day was told of by mail. */
export const listDue = query((db) =>
  db
    .select({
      id: causes.id,
      name: causes.name,
      dueOn: sql<string>`${causes.dueOn}`,
      ownerId: causes.ownerId,
    })
    .from(causes)
    .where(
      sql`due_on IS NOT NULL AND closed_at IS NULL AND due_on <= ${sql.placeholder('today')}
        AND (${sql.placeholder('untold')} = 0 OR NOT EXISTS (SELECT 1 FROM notices AS n
          WHERE n.subject = 'cause-due ' || due_on AND n.reader = 'cause:' || causes.id))`,
    )
    .orderBy(causes.dueOn, causes.id),
);
