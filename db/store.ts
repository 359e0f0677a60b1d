/**
 * The storage port: the one way to a database. Two engines stand behind it, an embedded libSQL file
 * (`embedded.ts`) and a libSQL server over HTTP (`remote.ts`); everything above is the same on both.
 *
 * Integers come back as `bigint`; whole JavaScript numbers are bound as integers, never as REAL.
 */
export type Value = string | bigint | number | null;
export type Row = (string | bigint | number | null)[];

export interface Statement {
  sql: string;
  args: readonly Value[];
  /** It gives one row at the most, so that nobody has to look for a second. */
  isSingle?: boolean;
}

/** What became of one unit of {@link Store.writeMany}: its rows, or why nothing of it was written. */
export type Outcome = { ok: true; results: Row[][] } | { ok: false; error: unknown };

/** What a unit of {@link Store.writeSchema} begins with. */
export interface SchemaFirst {
  /** Statements of the unit that refuse it when it may not go on. */
  checks: readonly Statement[];
  /**
   * Done once the checks have passed, while nobody else can write and everybody else still reads the old database. What
   * it throws undoes the unit. An embedded file's only: a server cannot be asked in the middle of a unit.
   */
  onPassed?: (() => void) | undefined;
  /** Others hold back meanwhile; null where that is not needed. A file has no such limit. */
  alone?: Alone | null;
}

/** What a unit says that takes longer than a server's lock for writing lasts, see `hold-back.ts`. */
export interface Alone {
  /** For how long it has been known that an archive comes in, in milliseconds. */
  announced_ms: number;
  /** How long it takes at the most, in milliseconds: when it was killed meanwhile, nobody writes until then. */
  lasts_ms: number;
}

/** The database at one moment, whatever is written meanwhile; it has to be closed. */
export interface Snapshot extends Pick<Store, 'read'> {
  close: () => void;
}

export interface Store {
  /** Which engine this is; only start-up, maintenance and a choice between equal reads may ask. */
  readonly engine: 'embedded' | 'remote';
  /**
   * Runs one reading statement. Reads asked for in the same turn share one round trip.
   * @throws {StoreUnavailable} when the database does not answer
   */
  read(statement: Statement): Promise<Row[]>;
  /**
   * Runs the statements as one atomic unit and answers once it is durable.
   * @throws {StoreConflict} when a constraint or a trigger refused it: nothing was written
   * @throws {StoreUnavailable} when the outcome is unknown or the database does not answer
   */
  write(statements: readonly Statement[]): Promise<Row[][]>;
  /** Several independent units, each atomic by itself, in as few commits or round trips as possible. */
  writeMany(units: readonly (readonly Statement[])[]): Promise<Outcome[]>;
  /** The same database read from the primary: what decisions rest on. The store itself when there is no replica. */
  readonly fresh: Store;
  /**
   * As {@link Store.write}, with foreign keys switched off around the unit and no limit of time: migrations only.
   * Keys are looked at by the statements themselves.
   */
  writeSchema(statements: readonly Statement[], first?: SchemaFirst): Promise<void>;
  /**
   * The database as it is now, to be read at leisure: what takes everything out. On a server it holds one of the few
   * places that there are for requests, see `one-moment.ts`.
   */
  snapshot(): Promise<Snapshot>;
  /** Runs a whole SQL script outside of any transaction; migrations and maintenance only. */
  script(sql: string): Promise<void>;
  close(): void;
}

/** A store put together of its parts; its own `fresh` unless it is given one. No getter: see docs/decisions/0008. */
export class ComposedStore implements Store {
  readonly engine: Store['engine'];
  readonly read: Store['read'];
  readonly write: Store['write'];
  readonly writeMany: Store['writeMany'];
  readonly fresh: Store;
  readonly writeSchema: Store['writeSchema'];
  readonly snapshot: Store['snapshot'];
  readonly script: Store['script'];
  readonly close: Store['close'];

  constructor(parts: Omit<Store, 'fresh'>, fresh?: Store) {
    this.engine = parts.engine;
    this.read = parts.read;
    this.write = parts.write;
    this.writeMany = parts.writeMany;
    this.fresh = fresh ?? this;
    this.writeSchema = parts.writeSchema;
    this.snapshot = parts.snapshot;
    this.script = parts.script;
    this.close = parts.close;
  }
}

/** A constraint or trigger refused a write. `rule` is SQLite's own wording of it. */
export class StoreConflict extends Error {
  readonly rule: string;
  constructor(rule: string) {
    super(`the database refused the write: ${rule}`);
    this.name = 'StoreConflict';
    this.rule = rule;
  }
}

/** The database did not answer, or not in time. A write may or may not have happened. */
export class StoreUnavailable extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`the database is not available: ${code}`);
    this.name = 'StoreUnavailable';
    this.code = code;
  }
}

/** Whether a refusal came from a rule whose text contains any of `parts`. */
export function isConflictOn(error: unknown, ...parts: string[]): boolean {
  return error instanceof StoreConflict && parts.some((part) => error.rule.includes(part));
}

/** Turns whole numbers into integers, since the drivers bind every number as REAL. */
export function bindable(value: Value): string | bigint | null {
  if (typeof value !== 'number') return value;
  if (!Number.isSafeInteger(value)) throw new TypeError('only whole numbers may be bound');
  return BigInt(value);
}

const refusals = /constraint failed|SQLITE_CONSTRAINT|refused:/;
/** What a wrong statement gives, which no waiting mends. */
const mistakes = /^(SQLITE_(ERROR|MISMATCH|RANGE|MISUSE|TOOBIG|AUTH)|SQL_INPUT_ERROR|SQL_PARSE_ERROR)$/;

/** Turns a driver's error into the port's own, which carries no bound value. */
export function storeError(error: unknown): Error {
  if (error instanceof StoreConflict || error instanceof StoreUnavailable) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (refusals.test(message)) return new StoreConflict(message.replace(/^.*?SQLite error: /, ''));
  const code = codeOf(error);
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_FULL' || code === 'SQLITE_IOERR')
    return new StoreUnavailable(code);
  if (error instanceof TypeError && message.startsWith('only whole')) return error;
  const isMistake = code === null || mistakes.test(code) || /no such |key mismatch/.test(message);
  return isMistake ? new Error(`the database failed: ${message}`) : new StoreUnavailable(code);
}

/** How Node and Workers word it that an answer began and did not end. */
const brokenOff = /fetch failed|network|connection lost|terminated/i;

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if (error instanceof SyntaxError) return 'GARBLED';
  if ('name' in error && (error.name === 'TimeoutError' || error.name === 'AbortError')) return 'TIMEOUT';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof Error && brokenOff.test(error.message)) return 'NETWORK';
  return null;
}
