import { eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { query, queryOne } from '../../../db/query.ts';
import { accounts, apiKeys, cases, causes, customers, feedback, staff } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { noteLook } from '../../people/looks/note-look.ts';
import { readLeftOut } from '../../people/mail/incoming/left-out.ts';
import { apologyOf } from './case-state.ts';
import { noFeedback } from './change-case.ts';
import { productOf, threadOf } from './get-thread.ts';
import { findFeedbackByReference, listAttachments, listCaseEvents, listMessages } from './queries.ts';
import type { CaseFile } from './types.ts';

const server = alias(staff, 'server');
const ofReference = eq(feedback.reference, sql.placeholder('reference'));

const findPeople = queryOne((db) =>
  db
    .select({
      customer: { id: customers.id, email: customers.email, name: customers.name },
      accountName: accounts.name,
      owner: { id: staff.id, email: staff.email, name: staff.name },
      cause: { id: causes.id, name: causes.name, outcome: causes.outcome, closedAt: causes.closedAt },
      server: { id: server.id, email: server.email, name: server.name },
    })
    .from(feedback)
    .leftJoin(customers, eq(customers.id, feedback.customerId))
    .leftJoin(accounts, eq(accounts.id, feedback.accountId))
    .leftJoin(cases, eq(cases.feedbackId, feedback.id))
    .leftJoin(staff, eq(staff.id, cases.ownerId))
    .leftJoin(causes, eq(causes.id, cases.causeId))
    .leftJoin(server, eq(server.id, feedback.servedById))
    .where(ofReference),
);

/** Names behind the actors and subjects of a case: staff by name or email, keys and causes by name. */
const listNames = query((db) =>
  db
    .select({
      id: sql<string>`ids.id`,
      name: sql<
        string | null
      >`coalesce(${staff.name}, ${staff.email}, ${apiKeys.name}, ${causes.name})`.mapWith(String),
    })
    .from(
      sql`(SELECT substr(actor, instr(actor, ':') + 1) AS id FROM feedback_messages
          WHERE feedback_id = (SELECT id FROM feedback WHERE reference = ${sql.placeholder('reference')})
        UNION SELECT substr(actor, instr(actor, ':') + 1) FROM case_events
          WHERE feedback_id = (SELECT id FROM feedback WHERE reference = ${sql.placeholder('reference')})
        UNION SELECT subject_id FROM case_events
          WHERE feedback_id = (SELECT id FROM feedback WHERE reference = ${sql.placeholder('reference')})) AS ids`,
    )
    .leftJoin(staff, sql`${staff.id} = ids.id`)
    .leftJoin(apiKeys, sql`${apiKeys.id} = ids.id`)
    .leftJoin(causes, sql`${causes.id} = ids.id`)
    .where(sql`coalesce(${staff.email}, ${apiKeys.name}, ${causes.name}) IS NOT NULL`),
);

/** One feedback for staff: all that was said and done. @throws {AppError} `not_found`, `unauthenticated`, `forbidden` */
export async function getCase(ctx: Context, asked: { reference: string }): Promise<CaseFile> {
  allow(ctx.actor, 'feedback:read');
  const { db } = ctx;
  const reference = normalCode(asked.reference);
  const [row, people, messages, files, events, names] = await Promise.all([
    findFeedbackByReference(db, { reference }),
    findPeople(db, { reference }),
    listMessages(db, { reference }),
    listAttachments(db, { reference }),
    listCaseEvents(db, { reference }),
    listNames(db, { reference }),
  ]);
  if (row === null || people === null) throw noFeedback();
  if (people.customer !== null) noteLook(ctx, { customerId: people.customer.id, what: 'feedback' });
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const actorOf = (actor: string) => nameOf.get(actor.replace(/^\w+:/, '')) ?? null;
  const said = messages.map((message) => ({
    ...message,
    by: actorOf(message.actor),
    leftOut: readLeftOut(message.leftOut),
  }));
  const { source, rootId, kind, mention, case: handled } = row;
  const kinds = events.map((one) => one.kind);
  return {
    ...threadOf(ctx, { row, messages: said, files, product: await productOf(ctx, row) }),
    ...{ source, rootId, customer: shown(people.customer), owner: people.owner, cause: people.cause },
    ...{ server: people.server, mention },
    accountName: people.accountName === '' ? null : people.accountName,
    state: handled?.state ?? null,
    events: events.map(({ kind: happened, at, actor, subjectId }) => ({
      ...{ kind: happened, at, by: actorOf(actor) },
      subject: subjectId === null ? null : (nameOf.get(subjectId) ?? null),
    })),
    apology: kind === 'complaint' && handled !== null ? apologyOf(handled, kinds) : [],
  };
}

const shown = <Person extends { email: string | null }>(person: Person | null) =>
  person === null ? null : { ...person, email: person.email ?? '' };
