import { z } from 'zod';
import { schemaName } from '../../../db/schema-name.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { headName } from './export-everything.ts';
import type { ArchivedFile } from './tar.ts';

const headSchema = z.object({ kind: z.literal('regulars-archive'), schema: z.string() });

/** That the first file of an archive says it is one of this release. @throws {AppError} `bad_request` */
export function assertHead({ name, bytes }: ArchivedFile): void {
  if (name !== headName) throw notOurs();
  const head = headSchema.safeParse(jsonOf(bytes));
  if (!head.success) throw notOurs();
  if (head.data.schema === schemaName) return;
  const message =
    `The archive is of another release (${head.data.schema}, here ${schemaName}). Bring it into a portal of that ` +
    'release, and upgrade that one.';
  throw new AppError('bad_request', message, {
    errors: [{ path: 'schema', code: 'other_release', message }],
  });
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function notOurs(): AppError {
  return new AppError('bad_request', 'This is not an archive of a portal.');
}
