import type { Statement, Store } from '../../db/store.ts';

/** The same database, into which no mail is queued: what the demo tells of is nobody's news. */
export function withoutMail(store: Store): Store {
  const quiet = (statements: readonly Statement[]) =>
    statements.filter(({ sql }) => !sql.startsWith(queueMail));
  return {
    engine: store.engine,
    read: (statement) => store.read(statement),
    write: (statements) => store.write(quiet(statements)),
    writeMany: (units) => store.writeMany(units.map(quiet)),
    get fresh() {
      return store.fresh === store ? this : withoutMail(store.fresh);
    },
    script: (sql) => store.script(sql),
    close: () => store.close(),
  };
}

/** How every statement begins that queues mail. */
const queueMail = 'INSERT INTO "outbox"';
