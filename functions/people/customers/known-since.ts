import { type SQL, sql } from 'drizzle-orm';

/** SQL: a customer since the first order or joining, whichever was earlier, else since they were recorded. */
export const knownSince = ({ id, createdAt }: { id: unknown; createdAt: unknown }): SQL<number> =>
  sql<number>`coalesce((SELECT min(coalesce(own.first_placed_at, own.signed_up_at), coalesce(own.signed_up_at, own.first_placed_at))
    FROM accounts AS own WHERE own.owner_id = ${id}), ${createdAt})`.mapWith(Number);
