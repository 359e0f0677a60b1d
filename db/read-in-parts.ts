import { type Row, type Statement, StoreUnavailable } from './store.ts';

type Read = (statements: readonly Statement[]) => Promise<Row[][]>;

/** As many rows as mostly fit into one answer. */
const ROWS_PER_PART = 8192;

/**
 * Reads at once or, where that is more than a server answers with (sqld by itself: 10 MB), each statement in turn and
 * its rows in parts. What somebody else writes meanwhile may be seen by the later ones alone, as by a read of one's own
 * that came later.
 */
export function inPartsIfLarge(read: Read): Read {
  return async (statements) => {
    const together = await unlessTooLarge(statements, read);
    if (together !== null) return together;
    const results: Row[][] = [];
    for (const statement of statements) results.push(await readWhole(statement, read));
    return results;
  };
}

async function readWhole(statement: Statement, read: Read): Promise<Row[]> {
  const rows: Row[] = [];
  for (let limit = ROWS_PER_PART; ; ) {
    const answer = await unlessTooLarge([partOf(statement, { limit, offset: rows.length })], read);
    if (answer === null) {
      limit = Math.floor(limit / 4);
      if (limit === 0) throw new Error('the database failed: one row is more than the server answers with');
      continue;
    }
    const [part = []] = answer;
    for (const row of part) rows.push(row);
    if (part.length < limit) return rows;
  }
}

function partOf({ sql, args }: Statement, { limit, offset }: { limit: number; offset: number }): Statement {
  return { sql: `SELECT * FROM (${sql}) LIMIT ${limit} OFFSET ${offset}`, args };
}

async function unlessTooLarge(statements: readonly Statement[], read: Read): Promise<Row[][] | null> {
  try {
    return await read(statements);
  } catch (error) {
    if (error instanceof StoreUnavailable && error.code === 'RESPONSE_TOO_LARGE') return null;
    throw error;
  }
}
