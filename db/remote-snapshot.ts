import type { Client, ResultSet } from '@libsql/client';
import { bindable, type Row, type Snapshot, storeError } from './store.ts';

/** A server ends a transaction that asks nothing for ten seconds. */
const KEPT_EVERY_MS = 3000;

/** A server as it was last committed, by one transaction that reads; it is asked now and then, so that it stays. */
export async function openServerSnapshot(
  client: Client,
  rowsOf: (result: ResultSet) => Row[],
): Promise<Snapshot> {
  try {
    const transaction = await client.transaction('read');
    // Only the first read says which moment it is.
    const look = () => transaction.execute('SELECT 1 FROM sqlite_schema LIMIT 1');
    await look().catch((error: unknown) => {
      transaction.close();
      throw error;
    });
    // Whatever fails here fails for the next read, too, which tells.
    const timer = setInterval(() => void look().catch(() => undefined), KEPT_EVERY_MS);
    return {
      read: async ({ sql, args }) => {
        try {
          return rowsOf(await transaction.execute({ sql, args: args.map(bindable) }));
        } catch (error) {
          throw storeError(error);
        }
      },
      close: () => {
        clearInterval(timer);
        transaction.close();
      },
    };
  } catch (error) {
    throw storeError(error);
  }
}
