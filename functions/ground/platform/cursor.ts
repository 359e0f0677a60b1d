import type { z } from 'zod';
import { wrongField } from './parse-input.ts';

/** A place in a list as an opaque text: the values of the last row's key. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws {AppError} `validation_failed` for what `encodeCursor` did not make */
export function decodeCursor<Key extends z.ZodType>(schema: Key, cursor: string): z.output<Key> {
  const parsed = schema.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()));
  if (parsed.success) return parsed.data;
  throw wrongField('cursor', 'invalid_cursor', 'has to be the nextCursor of the page before');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
