import { type SQL, sql } from 'drizzle-orm';
import { currentRoot } from '../../money/accounts/survivors.ts';

/** Which days of a root account; all are SQL, and the last day is the first behind. */
interface Span {
  rootId: string;
  from: SQL;
  until: SQL;
  currency: SQL;
}

const days = ({ rootId, from, until }: Omit<Span, 'currency'>): SQL =>
  sql`account_days AS d WHERE d.root_id = ${sql.raw(currentRoot(rootId))} AND d.day >= ${from} AND d.day < ${until}`;

/** SQL of Σ(total − discount − refunds) of a root account's orders on some days, in minor units; `rootId` is a column. */
export const spentWithin = (span: Span): SQL =>
  sql`coalesce((SELECT sum(d.spend_minor) FROM ${days(span)} AND d.currency = ${span.currency}), 0)`;

/** SQL of whether it has a purchase day among them. */
export const boughtWithin = (span: Omit<Span, 'currency'>): SQL =>
  sql`EXISTS (SELECT 1 FROM ${days(span)} AND d.order_count > 0)`;
