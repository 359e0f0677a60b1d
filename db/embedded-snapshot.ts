import { connect } from './embedded-connection.ts';
import { type Snapshot, storeError } from './store.ts';

/** A file as it was last committed, by a connection of its own; what is written meanwhile waits in its log for the end. */
export function openFileSnapshot(path: string, patience_ms: number): Snapshot {
  try {
    const { database, statements } = connect(path, { patience_ms, pages: 'small' });
    try {
      database.exec('BEGIN');
      // Only the first read says which moment it is.
      statements.run({ sql: 'SELECT 1 FROM sqlite_schema LIMIT 1', args: [] });
    } catch (error) {
      database.close();
      throw error;
    }
    return {
      read: async (statement) => {
        try {
          return statements.run(statement);
        } catch (error) {
          throw storeError(error);
        }
      },
      close: () => database.close(),
    };
  } catch (error) {
    throw storeError(error);
  }
}
