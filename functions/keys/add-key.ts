import { z } from 'zod';
import { insertInto } from '../../db/query.ts';
import { apiKeys } from '../../db/schema/index.ts';
import { type Context, scopes } from '../platform/context.ts';
import { hashOf, newId } from '../platform/ids.ts';
import { identifier } from '../platform/input.ts';
import { newKey, shownPart } from './key.ts';
import { assertOwner } from './scopes.ts';

export const addKeyInput = z.strictObject({
  name: identifier(100),
  scopes: z
    .array(z.enum(scopes))
    .min(1)
    .transform((listed) => [...new Set(listed)]),
});

const insertKey = insertInto(apiKeys);

/** Makes a key of the HTTP API. It is shown this once; only its SHA-256 is kept. */
export async function addKey(
  ctx: Context,
  input: z.output<typeof addKeyInput>,
): Promise<{ id: string; key: string }> {
  assertOwner(ctx.actor);
  const id = newId();
  const key = newKey();
  await ctx.db.write([
    insertKey({
      id,
      name: input.name,
      prefix: shownPart(key),
      hash: hashOf(key),
      scopes: input.scopes.join(' '),
      createdAt: ctx.now(),
    }),
  ]);
  return { id, key };
}
