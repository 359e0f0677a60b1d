import { and, asc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../../db/query.ts';
import { passkeys } from '../../../../db/schema/index.ts';

/** Somebody's passkeys, the oldest first. */
export const listPasskeyRows = query((db) =>
  db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.kind, sql.placeholder('kind')), eq(passkeys.subjectId, sql.placeholder('id'))))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id)),
);

export const findPasskey = queryOne((db) =>
  db
    .select()
    .from(passkeys)
    .where(eq(passkeys.credentialId, sql.placeholder('credentialId'))),
);
export type PasskeyRow = NonNullable<Awaited<ReturnType<typeof findPasskey>>>;
