import { type Client, createClient, type InStatement, LibsqlError, type ResultSet } from '@libsql/client';
import { createHoldBack, endOfAlone, type HoldBack } from './hold-back.ts';
import { inPartsIfLarge } from './read-in-parts.ts';
import { refusingChanges } from './refuse-changes.ts';
import { openServerSnapshot } from './remote-snapshot.ts';
import { schemaScript } from './schema-script.ts';
import {
  bindable,
  ComposedStore,
  type Row,
  type Statement,
  type Store,
  StoreUnavailable,
  storeError,
} from './store.ts';
import { createWriteGate, type WriteGate } from './write-gate.ts';
import { writeInBatches } from './write-in-batches.ts';

export interface RemoteOptions {
  url: string;
  authToken?: string | undefined;
  /** How long one round trip may take, in milliseconds. */
  timeout_ms?: number;
  /** Told of each request that goes out. */
  onRequest?: (() => void) | undefined;
}

/**
 * How many batches that take the server's one lock for writing may be under way from here. With a handful of writers in
 * its line sqld 0.24 hands the lock to one that has given up, and then answers nobody for five seconds or ever again.
 */
const WRITERS = 2;
/** A batch that lasts longer gives its place up: its request was cut off, or the server is slow for another reason. */
const LEASE_MS = 1000;
/** How long a migration may take. */
const SCHEMA_TIMEOUT_MS = 30 * 60_000;
/** How long a batch is tried again that the server was too busy to begin. */
const PATIENCE_MS = 5000;

/** Opens a libSQL server (sqld, Turso) over HTTP. On Workers one store lives for one request. */
export function openRemote(options: RemoteOptions): Store {
  const client = clientOf(options, options.timeout_ms ?? 5000);
  const { gate, holdBack } = linesOf(options.url);
  const sendAtOnce = senderOver(gate, (statements, mode) => client.batch(statements, mode));
  const send: Send = async (statements, mode) => {
    if (mode === 'write') await holdBack.assertFree(client);
    return sendAtOnce(statements, mode);
  };
  const writeSchema = schemaWriter(options, { gate, holdBack });
  const rest = { client, send, writeSchema };
  return storeOver({ ...rest, readMode: 'read' }, storeOver({ ...rest, readMode: 'write' }));
}

function clientOf(
  { url, authToken, onRequest = () => undefined }: RemoteOptions,
  timeout_ms: number,
): Client {
  return createClient({
    url,
    ...(authToken === undefined ? {} : { authToken }),
    intMode: 'bigint',
    fetch: (request: Request) => {
      onRequest();
      return reach(request, timeout_ms);
    },
  });
}

/**
 * On a connection of its own, since rebuilding a large table takes its time; the server ends with it what was begun. As
 * one script: `client.migrate` of the driver takes the lock late, and lets an error through that nobody can catch.
 */
function schemaWriter(options: RemoteOptions, { gate, holdBack }: Lines): Store['writeSchema'] {
  return async (statements, first) => {
    const client = clientOf(options, SCHEMA_TIMEOUT_MS);
    const alone = first?.alone ?? null;
    const ends = alone === null ? [] : [endOfAlone];
    const script = schemaScript([...(first?.checks ?? []), ...statements, ...ends]);
    const run = async () => {
      await client.executeMultiple(script);
      return [];
    };
    const write = () => senderOver(gate, run)([], 'write');
    try {
      if (alone !== null) return void (await holdBack.alone(client, alone, write));
      await holdBack.assertFree(client);
      await write();
    } catch (error) {
      throw storeError(error);
    } finally {
      client.close();
    }
  };
}

/** Whatever keeps an answer from coming, each platform words it in its own way. */
async function reach(request: Request, timeout_ms: number): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(timeout_ms), redirect: 'manual' });
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    throw new StoreUnavailable(isLate ? 'TIMEOUT' : 'NETWORK');
  }
}

type Send = (statements: readonly Statement[], mode: Mode) => Promise<Row[][]>;
/** `write` begins with the lock for writing, also for reading what nobody else is changing. */
type Mode = 'read' | 'write';

/** Where writes wait before they go to a server. */
interface Lines {
  gate: WriteGate;
  holdBack: HoldBack;
}

/** By server, for as long as the process or isolate lives. */
const linesByUrl = new Map<string, Lines>();

function linesOf(url: string): Lines {
  const gate = () => createWriteGate({ places: WRITERS, lease_ms: LEASE_MS });
  const lines = linesByUrl.get(url) ?? { gate: gate(), holdBack: createHoldBack() };
  linesByUrl.set(url, lines);
  return lines;
}

type Run = (statements: InStatement[], mode: Mode) => Promise<ResultSet[]>;

/** Sends one batch, and again while the server is too busy to begin it. */
function senderOver(gate: WriteGate, run: Run): Send {
  return async (statements, mode) => {
    const batch = () => run(statements.map(toInStatement), mode);
    const deadline = performance.now() + PATIENCE_MS;
    for (let tries = 1; ; tries += 1) {
      try {
        return (await (mode === 'write' ? gate.run(batch, deadline) : batch())).map(rowsOf);
      } catch (error) {
        if (!isUnbegun(error) || performance.now() > deadline) throw storeError(error);
      }
      await pause(Math.random() * Math.min(250, 5 * 2 ** tries));
    }
  };
}

/** Whether nothing of a batch was done: it got no lock, or the server took no more requests. */
function isUnbegun(error: unknown): boolean {
  return (
    error instanceof LibsqlError &&
    (error.code === 'SQLITE_BUSY' || error.message.endsWith('HTTP status 429'))
  );
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Parts extends Pick<Store, 'writeSchema'> {
  client: Client;
  send: Send;
  readMode: Mode;
}

function storeOver({ client, send, writeSchema, readMode }: Parts, fresh?: Store): Store {
  const readTogether = coalesceReads(inPartsIfLarge((statements) => send(statements, readMode)));
  const run = (statements: readonly Statement[]) => send(statements, 'write');
  const parts = {
    engine: 'remote',
    read: readTogether,
    write: run,
    writeMany: (units: readonly (readonly Statement[])[]) => writeInBatches(units, run),
    writeSchema,
    snapshot: () => openServerSnapshot(client, rowsOf),
    script: (sql: string) => client.executeMultiple(sql),
    close: () => client.close(),
  } as const;
  return new ComposedStore(refusingChanges(parts), fresh);
}

function coalesceReads(send: (statements: readonly Statement[]) => Promise<Row[][]>) {
  let waiting: { statement: Statement; resolve: (rows: Row[]) => void; reject: (error: Error) => void }[] =
    [];

  async function flush(): Promise<void> {
    const asked = waiting;
    waiting = [];
    try {
      const results = await send(asked.map(({ statement }) => statement));
      asked.forEach(({ resolve }, index) => {
        resolve(results[index] ?? []);
      });
    } catch (error) {
      const reason = error instanceof Error ? error : storeError(error);
      for (const { reject } of asked) reject(reason);
    }
  }

  return (statement: Statement): Promise<Row[]> =>
    new Promise((resolve, reject) => {
      waiting.push({ statement, resolve, reject });
      if (waiting.length === 1) void Promise.resolve().then(flush);
    });
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
