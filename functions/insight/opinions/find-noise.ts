import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import type { OpinionKind } from '../../voice/surveys/asked-parts.ts';
import { answerRows, scoreRows } from '../../voice/surveys/opinion-rows.ts';
import { type Noise, noiseOf } from './opinion.ts';

/** How much people of the business who answered twice differ from their own answer before; null while too few did. */
export async function findNoise(db: Store, asked: string): Promise<Record<OpinionKind, Noise | null>> {
  const rows = await ask(db, (query) =>
    query
      .select({
        kind: sql<OpinionKind>`kind`,
        n: sql<number>`count(*)`.mapWith(Number),
        sum: sql<number>`sum(d)`.mapWith(Number),
        squares: sql<number>`sum(d * d)`.mapWith(Number),
      })
      .from(
        sql`(SELECT kind, score - lead(score) OVER w AS d, row_number() OVER w AS place FROM (${scoreRows(answerRows(asked, ['kind'], null))})
          WINDOW w AS (PARTITION BY customer_id, kind ORDER BY at DESC, invitation_id DESC))`,
      )
      .where(sql`place = 1 AND d IS NOT NULL`)
      .groupBy(sql`kind`),
  );
  const of = (kind: OpinionKind) => {
    const row = rows.find((one) => one.kind === kind);
    return row === undefined ? null : noiseOf(row);
  };
  return { trust: of('trust'), commitment: of('commitment') };
}
