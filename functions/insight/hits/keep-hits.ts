import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';

/** A page that was read, as it is counted. */
export interface Hit {
  page: string;
  language: string;
}

/** How often each page was read on one business day, by `language page`. */
export interface HitCounts {
  day: string;
  hits: Map<string, number>;
}

/** Adds hits to those that are kept. @throws {StoreUnavailable} when they may not have been written */
export async function keepHits(db: Pick<Store, 'write'>, { day, hits }: HitCounts): Promise<void> {
  if (hits.size === 0) return;
  const rows = [...hits].map(([key, count]) => {
    const at = key.indexOf(' ');
    return [key.slice(at + 1), key.slice(0, at), count];
  });
  await db.write([
    statement(
      `INSERT INTO page_hits (day, page, language, hits)
       SELECT ?, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(?) WHERE true
       ON CONFLICT (day, page, language) DO UPDATE SET hits = hits + excluded.hits`,
      day,
      JSON.stringify(rows),
    ),
  ]);
}
