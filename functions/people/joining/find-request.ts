import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { joinDecisions, joinRequests } from '../../../db/schema/index.ts';
import { newest, requestColumns } from './queries.ts';

const requests = (where: ReturnType<typeof eq> | undefined) =>
  query((db) =>
    db
      .select(requestColumns)
      .from(joinRequests)
      .leftJoin(
        joinDecisions,
        and(eq(joinDecisions.requestId, joinRequests.id), eq(joinDecisions.seq, newest)),
      )
      .where(where)
      .orderBy(asc(joinRequests.askedAt), asc(joinRequests.id))
      .limit(100),
  );

/** The request of an email with the decision that holds. */
export const findRequestOf = requests(eq(joinRequests.email, sql.placeholder('email')));

export const findRequest = requests(eq(joinRequests.id, sql.placeholder('id')));

/** Those nobody has decided about, oldest first. */
export const listWaitingRequests = requests(isNull(joinDecisions.requestId));

export type JoinRequest = Awaited<ReturnType<typeof findRequest>>[number];
