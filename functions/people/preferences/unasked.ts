import { type SQL, sql } from 'drizzle-orm';

/** Whom, and since when; both as SQL. Null for everybody. */
export interface UnaskedTerms {
  customerId: SQL | null;
  since: SQL;
}

/**
 * SQL of a row for each time that somebody was reached after `since` by what another room keeps, without having asked and
 * without its being owed to them; its columns `customer_id` and `channel` say who and how.
 */
export type Unasked = (terms: UnaskedTerms) => SQL;

declare module '../../ground/room.ts' {
  interface Room {
    /** What of it counts against how much a customer wants to hear, beside mail. */
    unasked?: Unasked;
  }
  interface House {
    unasked: readonly Unasked[];
  }
}

/** SQL of the customers whom anything reached unasked since a moment. */
export function whoWasReached(unasked: readonly Unasked[], since: SQL): SQL {
  const told = sql`SELECT n.customer_id FROM tellings AS n WHERE n.at > ${since}`;
  const others = unasked.map((rows) => sql`SELECT customer_id FROM (${rows({ customerId: null, since })})`);
  return sql.join([told, ...others], sql` UNION `);
}

/** How much reached somebody unasked since a moment, by whatever channel. */
export function countReached(unasked: readonly Unasked[], terms: UnaskedTerms & { customerId: SQL }): SQL {
  const { customerId, since } = terms;
  const told = sql`(SELECT count(*) FROM tellings AS n WHERE n.customer_id = ${customerId} AND n.at > ${since})`;
  return sql.join([told, ...unasked.map((rows) => sql`(SELECT count(*) FROM (${rows(terms)}))`)], sql` + `);
}

/** How much of a topic reached them by a channel; what staff told in person is all of one topic. */
export function countOfSubject(
  unasked: readonly Unasked[],
  { topic, channel, ...terms }: UnaskedTerms & { customerId: SQL; topic: string; channel: string },
): SQL {
  const { customerId, since } = terms;
  const told = sql`(SELECT count(*) FROM tellings AS n WHERE n.customer_id = ${customerId} AND n.at > ${since}
    AND n.topic = ${topic} AND n.channel = ${channel})`;
  if (topic !== 'contact') return told;
  const others = unasked.map(
    (rows) => sql`(SELECT count(*) FROM (${rows(terms)}) WHERE channel = ${channel})`,
  );
  return sql.join([told, ...others], sql` + `);
}
