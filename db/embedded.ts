import {
  connect,
  createLink,
  type EmbeddedConnection,
  type Link,
  LOCK_WAIT_MS,
  type OnReopen,
  type PageMemory,
  setForeignKeys,
} from './embedded-connection.ts';
import { openFileSnapshot } from './embedded-snapshot.ts';
import { refusingChanges } from './refuse-changes.ts';
import {
  ComposedStore,
  type Outcome,
  type Statement,
  type Store,
  StoreConflict,
  StoreUnavailable,
  storeError,
} from './store.ts';

export interface EmbeddedOptions {
  /** How long a write waits for another process's write, in milliseconds. */
  busy_timeout_ms?: number;
  /** Called when the connection could no longer be trusted and another one was opened, or could not be. */
  onReopen?: OnReopen;
  /** `large` unless given. */
  pages?: PageMemory;
}

interface Unit {
  statements: readonly Statement[];
  resolve: (outcome: Outcome) => void;
  /** When it gives up waiting for another process, in milliseconds of `performance.now()`. */
  deadline: number;
}

/** How often a write looks whether another process has let go of the lock. */
const LOCK_POLL_MS = 15;

/** Keeps one turn of the event loop short: beyond this many units the rest waits for the next turn. */
const UNITS_PER_COMMIT_MAX = 256;

/**
 * Opens a libSQL file in this process. Writes that arrive together share one durable commit (group commit);
 * a refusal undoes only its own unit. While another process holds the lock for writing, reads go on.
 * @throws {Error} when the file cannot be opened or a pragma did not hold
 */
export function openEmbedded(path: string, options: EmbeddedOptions = {}): Store {
  const patience_ms = options.busy_timeout_ms ?? 5000;
  const { onReopen, pages = 'large' } = options;
  const link = createLink(path, { make: () => connect(path, { patience_ms, pages }), onReopen });
  const { commit, commitAlone } = groupCommit(link, patience_ms);

  const parts: Omit<Store, 'fresh'> = {
    engine: 'embedded',
    read: async (statement) => {
      try {
        return link.open().statements.run(statement);
      } catch (error) {
        throw storeError(error);
      }
    },
    write: async (unit) => {
      const outcome = await commit(unit);
      if (!outcome.ok) throw outcome.error;
      return outcome.results;
    },
    writeMany: (units) => Promise.all(units.map(commit)),
    writeSchema: async (statements, { checks, onPassed = () => undefined } = { checks: [] }) => {
      patiently(link, patience_ms, () => {
        // No transaction is open here, inside of which the pragma would do nothing.
        setForeignKeys(link, false);
        const step = kept(onPassed);
        const outcome = commitAlone([...checks, ...statements], runWith(step.run, checks.length));
        setForeignKeys(link, true);
        if (!outcome.ok) throw step.error() ?? outcome.error;
      });
    },
    snapshot: async () => openFileSnapshot(path, patience_ms),
    script: async (sql) => {
      patiently(link, patience_ms, () => link.open().database.exec(sql));
    },
    close: link.close,
  };
  return new ComposedStore(refusingChanges(parts));
}

/** A step whose error is kept as it was thrown, since what fails within a unit becomes an error of the database. */
function kept(work: () => void) {
  let thrown: unknown;
  return {
    run: () => {
      try {
        work();
      } catch (error) {
        thrown = error;
        throw error;
      }
    },
    error: () => thrown,
  };
}

/** Lets the driver itself wait for a lock, and the process with it: for what may not be interrupted. */
function patiently(link: Link, patience_ms: number, work: () => void): void {
  link.open().database.exec(`PRAGMA busy_timeout = ${patience_ms}`);
  try {
    work();
  } finally {
    link.open().database.exec(`PRAGMA busy_timeout = ${LOCK_WAIT_MS}`);
  }
}

function groupCommit(link: Link, patience_ms: number) {
  let waiting: Unit[] = [];

  /** Waits for one more turn while units still come in: they then share the commit instead of waiting for it. */
  function flushWhenSettled(counted: number): void {
    if (waiting.length > counted && waiting.length < UNITS_PER_COMMIT_MAX) wait();
    else flush();
  }

  function wait(): void {
    const counted = waiting.length;
    setImmediate(() => flushWhenSettled(counted));
  }

  function flush(): void {
    const units = waiting.slice(0, UNITS_PER_COMMIT_MAX);
    const outcomes = commitTogether(units);
    if (outcomes === null) {
      waitForLock();
      return;
    }
    waiting = waiting.slice(units.length);
    if (waiting.length > 0) wait();
    units.forEach((unit, index) => {
      const outcome = outcomes[index];
      if (outcome !== undefined) unit.resolve(outcome);
    });
  }

  /** Another process is writing: who has waited for long enough is told so, the others' turn comes by a timer. */
  function waitForLock(): void {
    const now = performance.now();
    for (const { deadline, resolve } of waiting)
      if (now >= deadline) resolve({ ok: false, error: new StoreUnavailable('SQLITE_BUSY') });
    waiting = waiting.filter(({ deadline }) => now < deadline);
    if (waiting.length > 0) setTimeout(flush, LOCK_POLL_MS);
  }

  /** Null when another process holds the lock for writing: nothing was begun. */
  function commitTogether(units: readonly Unit[], run = runPlainly): Outcome[] | null {
    try {
      return commitAll(units, run);
    } catch (error) {
      const failure = storeError(error);
      link.mend(failure);
      if (isLocked(failure)) return null;
      if (units.length === 1 || failure instanceof StoreUnavailable) return refuse(units, failure);
    }
    try {
      return commitAll(units, runInSavepoint);
    } catch (error) {
      const failure = storeError(error);
      link.mend(failure);
      return isLocked(failure) ? null : refuse(units, failure);
    }
  }

  function commitAll(units: readonly Unit[], run: RunUnit): Outcome[] {
    const { database, statements } = link.open();
    // Not by a kept statement: one that found the file locked would stay in progress.
    control(() => database.exec('BEGIN IMMEDIATE'));
    const outcomes = units.map((unit) => run(unit, { database, statements }));
    control(() => statements.text('COMMIT'));
    return outcomes;
  }

  return {
    commit: (unit: readonly Statement[]): Promise<Outcome> =>
      new Promise((resolve) => {
        waiting.push({ statements: unit, resolve, deadline: performance.now() + patience_ms });
        if (waiting.length === 1) wait();
      }),
    /** At once, in a transaction of its own. */
    commitAlone: (unit: readonly Statement[], run: RunUnit): Outcome => {
      const units = [{ statements: unit, resolve: () => undefined, deadline: 0 }];
      const [outcome] = commitTogether(units, run) ?? [];
      return outcome ?? { ok: false, error: new StoreUnavailable('SQLITE_BUSY') };
    },
  };
}

type RunUnit = (unit: Unit, connection: EmbeddedConnection) => Outcome;

/** Refusals are rare and savepoints copy every page they touch: they are paid for only when a unit was refused. */
const runPlainly: RunUnit = (unit, { statements }) => ({
  ok: true,
  results: unit.statements.map((statement) => statements.run(statement)),
});

/** Does something between the first statements of a unit and the rest. */
const runWith =
  (step: () => void, after: number): RunUnit =>
  ({ statements: unit }, { statements }) => {
    const first = unit.slice(0, after).map((statement) => statements.run(statement));
    step();
    return {
      ok: true,
      results: [...first, ...unit.slice(after).map((statement) => statements.run(statement))],
    };
  };

const runInSavepoint: RunUnit = (unit, { database, statements }) => {
  statements.text('SAVEPOINT unit');
  try {
    const results = unit.statements.map((statement) => statements.run(statement));
    statements.text('RELEASE unit');
    return { ok: true, results };
  } catch (error) {
    if (!database.inTransaction) throw error;
    statements.text('ROLLBACK TO unit');
    statements.text('RELEASE unit');
    return { ok: false, error: storeError(error) };
  }
};

/** A transaction that cannot be begun or ended is nobody's wrong statement. */
function control(step: () => void): void {
  try {
    step();
  } catch (error) {
    const failure = storeError(error);
    if (failure instanceof StoreUnavailable || failure instanceof StoreConflict) throw failure;
    throw new StoreUnavailable(`SQLITE_ERROR ${failure.message}`);
  }
}

const isLocked = (error: Error) => error instanceof StoreUnavailable && error.code.startsWith('SQLITE_BUSY');

function refuse(units: readonly Unit[], error: Error): Outcome[] {
  return units.map(() => ({ ok: false, error }));
}
