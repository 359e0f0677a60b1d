import { insertInto } from '../../db/query.ts';
import { outbox } from '../../db/schema/index.ts';
import type { Statement, Store } from '../../db/store.ts';

/** The same database, into which no mail is queued: what the demo tells of is nobody's news. */
export function withoutMail(store: Store): Store {
  const quiet = (statements: readonly Statement[]) => statements.filter(({ sql }) => sql !== queueMail);
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

const { sql: queueMail } = insertInto(outbox)({
  id: '',
  template: '',
  params: '',
  createdAt: 0,
  nextTryAt: 0,
  tries: 0,
});
