import type { Store } from '../../../db/store.ts';
import { backUp } from './back-up.ts';

/**
 * Puts what a file database holds into a new file, and leaves the database empty, without even a schema. Its file stays:
 * a connection that was not let go of yet would take the log of another one under its name for its own. The copy is on
 * the disk before anything is dropped, and all is dropped at once.
 * @throws {AppError} as `backUp`
 */
export async function setAside(db: Store, path: string): Promise<void> {
  await backUp(db, path);
  const found = await db.read({
    sql: `SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND type IN ('table', 'trigger', 'view')
      AND name NOT IN (SELECT shadow.name FROM pragma_table_list AS shadow WHERE shadow.type = 'shadow')
      ORDER BY type = 'table', type`,
    args: [],
  });
  const drops = found.map(([type, name]) => `DROP ${String(type)} "${String(name).replaceAll('"', '""')}";`);
  await db.script('PRAGMA foreign_keys = OFF');
  await db.script(`BEGIN IMMEDIATE; ${drops.join(' ')} COMMIT`);
  await db.script('VACUUM; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA foreign_keys = ON');
}
