import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { apiKeys } from '../../../db/schema/index.ts';
import { writeDecision } from '../decision/write-decision.ts';
import { type Context, scopes } from '../platform/context.ts';
import { hashOf, newId } from '../platform/ids.ts';
import { identifier } from '../platform/input.ts';
import { wrongField } from '../platform/parse-input.ts';
import { newKey, shownPart } from './key.ts';
import { assertOwner } from './scopes.ts';

export const addKeyInput = z.strictObject({
  name: identifier(100),
  scopes: z
    .array(z.enum(scopes))
    .min(1)
    .transform((listed) => [...new Set(listed)]),
  /** From when on it opens nothing, in epoch milliseconds; null for a key without an end. */
  expiresAt: z.number().int().nullable().default(null),
});

const insertKey = insertInto(apiKeys);

/** Makes a key of the HTTP API. It is shown this once; only its SHA-256 is kept. */
export async function addKey(
  ctx: Context,
  input: Omit<z.output<typeof addKeyInput>, 'expiresAt'> & { expiresAt?: number | null },
): Promise<{ id: string; key: string }> {
  assertOwner(ctx.actor);
  const { expiresAt = null } = input;
  if (expiresAt !== null && expiresAt <= ctx.now())
    throw wrongField('expiresAt', 'invalid_value', 'has to lie in the future');
  const id = newId();
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
  await writeDecision(ctx, {
    rows: [row],
    audit: { kind: 'key.added', subjectKind: 'key', subjectId: id, detail: { scopes: scopesText } },
  });
  return { id, key };
}
