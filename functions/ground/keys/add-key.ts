import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { apiKeys } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../decision/write-decision.ts';
import { allowProven } from '../platform/allow.ts';
import { type Context, scopes } from '../platform/context.ts';
import { hashOf, newId } from '../platform/ids.ts';
import { identifier } from '../platform/input.ts';
import { wrongField } from '../platform/parse-input.ts';
import { newKey, shownPart } from './key.ts';
import { assertOwner } from './scopes.ts';

export const addKeyInput = z.strictObject({
  /** Made with the form: sent twice, it makes one key. */
  id: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  name: identifier(100),
  scopes: z
    .array(z.enum(scopes))
    .min(1)
    .transform((listed) => [...new Set(listed)]),
  /** From when on it opens nothing, in epoch milliseconds; null for a key without an end. */
  expiresAt: z.number().int().nullable().default(null),
});

const insertKey = insertInto(apiKeys);

/**
 * Makes a key of the HTTP API. It is shown this once; only its SHA-256 is kept.
 * @throws {AppError} `forbidden`, `validation_failed`, with `already_made` for an id that was used before
 */
export async function addKey(
  ctx: Context,
  input: Omit<z.output<typeof addKeyInput>, 'expiresAt'> & { expiresAt?: number | null },
): Promise<{ id: string; key: string }> {
  assertOwner(ctx.actor);
  allowProven(ctx);
  const { id = newId(), expiresAt = null } = input;
  if (expiresAt !== null && expiresAt <= ctx.now())
    throw wrongField('expiresAt', 'invalid_value', 'has to lie in the future');
  const key = newKey();
  const scopesText = input.scopes.join(' ');
  const row = insertKey({
    id,
    name: input.name,
    prefix: shownPart(key),
    hash: hashOf(key),
    scopes: scopesText,
    createdAt: ctx.now(),
    expiresAt,
  });
  try {
    await writeDecision(ctx, {
      rows: [row],
      audit: { kind: 'key.added', subjectKind: 'key', subjectId: id, detail: { scopes: scopesText } },
    });
  } catch (error) {
    if (!isConflictOn(error, 'api_keys.id')) throw error;
    throw wrongField('id', 'already_made', 'was made before, and a key is shown only once');
  }
  return { id, key };
}
