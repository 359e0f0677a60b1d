import { ComposedStore, type Statement, type Store } from './store.ts';

/**
 * The same database for a first look: the reads of its first turn, `fresh` ones too, may come from a replica and take
 * no lock. Later ones come from the primary: never from a replica that knows less than the one asked before.
 */
export function withPlainFirstReads(store: Store): Store {
  if (store.fresh === store) return store;
  let turn: 'before' | 'first' | 'over' = 'before';
  const read = (statement: Statement) => {
    if (turn === 'before') {
      turn = 'first';
      queueMicrotask(() => {
        turn = 'over';
      });
    }
    return (turn === 'over' ? store.fresh : store).read(statement);
  };
  return new ComposedStore({
    engine: store.engine,
    read,
    write: (statements) => store.write(statements),
    writeMany: (units) => store.writeMany(units),
    writeSchema: (statements, first) => store.writeSchema(statements, first),
    snapshot: () => store.snapshot(),
    script: (sql) => store.script(sql),
    close: () => store.close(),
  });
}
