import { statement } from '../../../db/query.ts';
import type { Value } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { refusedFile } from '../../reach/imports/refused-file.ts';

/** The address of the owner who brings an archive in; null for a key and a command, which nobody is signed in for. */
export async function findImporter({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<string | null> {
  if (actor.kind !== 'staff') return null;
  const [row] = await db.fresh.read(statement('SELECT email FROM staff WHERE id = ?', actor.id));
  return row === undefined ? null : String(row[0]);
}

/**
 * That who brings an archive in is an owner afterwards: they become the person of the archive who has their address.
 * @throws {AppError} `validation_failed` for a row of the archive's staff that says something else
 */
export function assertStaysOwner(importer: string | null, row: Readonly<Record<string, Value>>): void {
  if (importer === null || row.email !== importer) return;
  if (row.role === 'owner' && (row.disabled_at ?? null) === null) return;
  throw refusedFile('archive_no_owner', { email: importer });
}
