import { eq, sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { creditRequests } from '../../../db/schema/index.ts';
import { isOpen, requestColumns } from './queries.ts';

export const findRequest = queryOne((db) =>
  db
    .select({ ...requestColumns, isOpen: sql<boolean>`${isOpen}`.mapWith(readFlag) })
    .from(creditRequests)
    .where(eq(creditRequests.id, sql.placeholder('id'))),
);
