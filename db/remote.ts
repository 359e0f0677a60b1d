import { type Client, createClient, type ResultSet } from '@libsql/client';
import { bindable, type Outcome, type Row, type Statement, type Store, storeError } from './store.ts';

export interface RemoteOptions {
  url: string;
  authToken?: string | undefined;
  /** How long one round trip may take, in milliseconds. */
  timeout_ms?: number;
}

/** Statements one HTTP request carries at the most; larger units travel alone. */
const STATEMENTS_PER_BATCH_MAX = 200;

/** Opens a libSQL server (sqld, Turso) over HTTP. On Workers one store lives for one request. */
export function openRemote(options: RemoteOptions): Store {
  const timeout_ms = options.timeout_ms ?? 5000;
  const client = createClient({
    url: options.url,
    ...(options.authToken === undefined ? {} : { authToken: options.authToken }),
    intMode: 'bigint',
    fetch: (request: Request) => fetch(request, { signal: AbortSignal.timeout(timeout_ms) }),
  });
  return storeOver(client, 'read', storeOver(client, 'write'));
}

function storeOver(client: Client, readMode: 'read' | 'write', fresh?: Store): Store {
  const readTogether = coalesceReads(client, readMode);
  const run = async (statements: readonly Statement[]) => {
    try {
      return (await client.batch(statements.map(toInStatement), 'write')).map(rowsOf);
    } catch (error) {
      throw storeError(error);
    }
  };
  const store: Store = {
    engine: 'remote',
    read: readTogether,
    write: run,
    writeMany: (units) => writeInBatches(units, run),
    get fresh() {
      return fresh ?? store;
    },
    script: (sql) => client.executeMultiple(sql),
    close: () => client.close(),
  };
  return store;
}

function coalesceReads(client: Client, mode: 'read' | 'write') {
  let waiting: { statement: Statement; resolve: (rows: Row[]) => void; reject: (error: Error) => void }[] =
    [];

  async function flush(): Promise<void> {
    const asked = waiting;
    waiting = [];
    try {
      const results = await client.batch(
        asked.map(({ statement }) => toInStatement(statement)),
        mode,
      );
      asked.forEach(({ resolve }, index) => {
        const result = results[index];
        resolve(result === undefined ? [] : rowsOf(result));
      });
    } catch (error) {
      for (const { reject } of asked) reject(storeError(error));
    }
  }

  return (statement: Statement): Promise<Row[]> =>
    new Promise((resolve, reject) => {
      waiting.push({ statement, resolve, reject });
      if (waiting.length === 1) queueMicrotask(flush);
    });
}

/** Sends units side by side in shared batches; when a batch is refused its units go one by one. */
async function writeInBatches(
  units: readonly (readonly Statement[])[],
  run: (statements: readonly Statement[]) => Promise<Row[][]>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const group of groupsOf(units)) {
    const together = await attempt(group.flat(), run);
    if (together.ok) {
      let start = 0;
      for (const unit of group) {
        outcomes.push({ ok: true, results: together.results.slice(start, start + unit.length) });
        start += unit.length;
      }
    } else if (group.length === 1) {
      outcomes.push(together);
    } else {
      for (const unit of group) outcomes.push(await attempt(unit, run));
    }
  }
  return outcomes;
}

function groupsOf(units: readonly (readonly Statement[])[]): (readonly Statement[])[][] {
  const groups: (readonly Statement[])[][] = [];
  let size = 0;
  for (const unit of units) {
    const last = groups.at(-1);
    if (last === undefined || size + unit.length > STATEMENTS_PER_BATCH_MAX) {
      groups.push([unit]);
      size = unit.length;
    } else {
      last.push(unit);
      size += unit.length;
    }
  }
  return groups;
}

async function attempt(
  statements: readonly Statement[],
  run: (statements: readonly Statement[]) => Promise<Row[][]>,
): Promise<Outcome> {
  try {
    return { ok: true, results: await run(statements) };
  } catch (error) {
    return { ok: false, error };
  }
}

function toInStatement({ sql, args }: Statement) {
  return { sql, args: args.map(bindable) };
}

function rowsOf(result: ResultSet): Row[] {
  return result.rows.map((row) =>
    result.columns.map((_, index) => {
      const value = row[index];
      if (value instanceof ArrayBuffer) throw new TypeError('the schema has no BLOB columns');
      return value ?? null;
    }),
  );
}
