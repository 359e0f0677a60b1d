import { z } from 'zod';
import { schemaName } from '../../../db/schema-name.ts';
import type { AppError } from '../../ground/platform/errors.ts';
import { failureText, refusedFile } from '../../reach/imports/refused-file.ts';
import { headName } from './export-everything.ts';
import type { ArchivedFile } from './tar.ts';

const headSchema = z.object({ kind: z.literal('regulars-archive'), schema: z.string() });

/** That the first file of an archive says it is one of this release. @throws {AppError} `bad_request` */
export function assertHead({ name, bytes }: ArchivedFile): void {
  if (name !== headName) throw notOurs();
  const head = headSchema.safeParse(jsonOf(bytes));
  if (!head.success) throw notOurs();
  if (head.data.schema === schemaName) return;
  const of = { theirs: head.data.schema.slice(0, 100), ours: schemaName };
  const message = failureText({ code: 'archive_other_release', of });
  throw refusedFile('archive_other_release', of, {
    as: 'bad_request',
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
  return refusedFile('archive_not_ours', {}, { as: 'bad_request' });
}
