import { expect, test } from 'vitest';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import { findKey, keyHash } from '../../../functions/ground/keys/find-key.ts';
import { listKeys } from '../../../functions/ground/keys/list-keys.ts';
import { noteUse } from '../../../functions/ground/keys/note-use.ts';
import { revokeKey } from '../../../functions/ground/keys/revoke-key.ts';
import type { Actor } from '../../../functions/ground/platform/context.ts';
import { createTestContext } from '../../support/test-context.ts';

test('finds whom a key belongs to, with its scopes', async () => {
  const ctx = await createTestContext();
  const { id, key } = await addKey(ctx, { name: 'till', scopes: ['orders:write', 'orders:read'] });
  expect(key).toMatch(/^reg_[A-Za-z0-9_-]{43}$/);
  expect(await findKey(ctx.db, keyHash(key) ?? '', ctx.now())).toMatchObject({
    id,
    scopes: ['orders:write', 'orders:read'],
  });
});

test('keeps a key only as its hash and first characters', async () => {
  const ctx = await createTestContext();
  const { key } = await addKey(ctx, { name: 'till', scopes: ['orders:write'] });
  const rows = await ctx.db.read({ sql: 'SELECT * FROM api_keys', args: [] });
  const stored = rows.flat().map(String).join(' ');
  expect(stored).not.toContain(key.slice(11));
  expect(stored).toContain(key.slice(0, 10));
});

test('a form that is sent twice makes one key', async () => {
  const ctx = await createTestContext();
  const asked = { id: 'a'.repeat(32), name: 'till', scopes: ['orders:write' as const] };
  const { key } = await addKey(ctx, asked);
  await expect(addKey(ctx, asked)).rejects.toMatchObject({ errors: [{ path: 'id', code: 'already_made' }] });
  expect(await listKeys(ctx)).toHaveLength(1);
  expect(await findKey(ctx.db, keyHash(key) ?? '', ctx.now())).toMatchObject({ id: asked.id });
});

test('lists keys without the keys', async () => {
  const ctx = await createTestContext();
  const { id, key } = await addKey(ctx, { name: 'till', scopes: ['orders:write'] });
  expect(await listKeys(ctx)).toEqual([
    {
      id,
      name: 'till',
      prefix: key.slice(0, 10),
      scopes: ['orders:write'],
      createdAt: ctx.now(),
      revokedAt: null,
      expiresAt: null,
      lastUsedOn: null,
    },
  ]);
});

test('a revoked key opens nothing and cannot be revoked again', async () => {
  const ctx = await createTestContext();
  const { id, key } = await addKey(ctx, { name: 'till', scopes: ['orders:write'] });
  expect(await revokeKey(ctx, { id })).toEqual({ id, name: 'till' });
  expect(await findKey(ctx.db, keyHash(key) ?? '', ctx.now())).toBeNull();
  await expect(revokeKey(ctx, { id })).rejects.toMatchObject({ code: 'not_found' });
  expect((await listKeys(ctx))[0]?.revokedAt).toBe(ctx.now());
});

test.each<[string, Actor]>([
  ['a visitor', { kind: 'anonymous' }],
  ['a customer', { kind: 'customer', id: 'c' }],
  ['a manager', { kind: 'staff', id: 's', role: 'manager' }],
  ['an API key', { kind: 'key', id: 'k', scopes: ['orders:write'] }],
])('%s may not manage keys', async (_, actor) => {
  const ctx = await createTestContext({ actor });
  const input = { name: 'till', scopes: ['orders:write' as const] };
  await expect(addKey(ctx, input)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(listKeys(ctx)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(revokeKey(ctx, { id: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('an owner may', async () => {
  const ctx = await createTestContext({ actor: { kind: 'staff', id: 's', role: 'owner' } });
  expect((await addKey(ctx, { name: 'till', scopes: ['orders:write'] })).key).toContain('reg_');
});

test('a key with an end opens nothing from then on, and tells the day of its last use', async () => {
  let now = Date.parse('2026-03-01T12:00:00Z');
  const ctx = await createTestContext({ now: () => now });
  const expiresAt = now + 1000;
  const { key } = await addKey(ctx, { name: 'till', scopes: ['orders:write'], expiresAt });
  const found = await findKey(ctx.db, keyHash(key) ?? '', now);
  await noteUse(ctx.db, found ?? { id: '', scopes: [], expiresAt: null, lastUsedOn: null }, now);
  expect((await listKeys(ctx))[0]).toMatchObject({ lastUsedOn: '2026-03-01', expiresAt });
  now = expiresAt;
  expect(await findKey(ctx.db, keyHash(key) ?? '', now)).toBeNull();
  await expect(addKey(ctx, { name: 'old', scopes: ['orders:read'], expiresAt: now })).rejects.toMatchObject({
    code: 'validation_failed',
  });
});
