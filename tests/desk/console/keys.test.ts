import { expect, test } from 'vitest';
import { listActs } from '../../../functions/desk/console/list-acts.ts';
import { listMadeKeys } from '../../../functions/desk/console/list-made-keys.ts';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import { revokeKey } from '../../../functions/ground/keys/revoke-key.ts';
import { type Context, type Role, roles, scopes } from '../../../functions/ground/platform/context.ts';
import { locales } from '../../../languages/built.ts';
import { speechIn } from '../../../src/locale.ts';
import { keyState, scopeWords } from '../../../src/words/keys.ts';
import { createTestContext } from '../../support/test-context.ts';

const as = (ctx: Context, role: Role): Context => ({ ...ctx, actor: { kind: 'staff', id: 's1', role } });

test('keys are listed newest first, with who made each; the log tells it and no more', async () => {
  const ctx = await createTestContext();
  await ctx.db.write([
    {
      sql: `INSERT INTO staff (id, email, role, created_at) VALUES ('s1', 'olena@x.example', 'owner', 0)`,
      args: [],
    },
  ]);
  await addKey(ctx, { name: 'web shop', scopes: ['orders:read'] });
  const { id, key } = await addKey(as(ctx, 'owner'), { name: 'till', scopes: ['orders:write'] });
  const listed = await listMadeKeys(ctx);
  expect(listed.map(({ name, made }) => [name, made?.by ?? null])).toEqual([
    ['till', 'olena@x.example'],
    ['web shop', null],
  ]);
  expect(JSON.stringify(listed)).not.toContain(key.slice(11));
  await revokeKey(as(ctx, 'owner'), { id });
  const { items } = await listActs(ctx, { actor: null, subject: id, day: null, after: null });
  expect(items.map(({ act }) => act).toSorted()).toEqual(['key.added', 'key.revoked']);
  expect(JSON.stringify(items)).not.toContain(key.slice(11));
});

test('only owners see them', async () => {
  const ctx = await createTestContext();
  for (const role of roles.filter((one) => one !== 'owner'))
    await expect(listMadeKeys(as(ctx, role))).rejects.toMatchObject({ code: 'forbidden' });
  expect(await listMadeKeys(as(ctx, 'owner'))).toEqual([]);
});

test('a key works until it is ended, or until its time is over', async () => {
  const ctx = await createTestContext();
  const { id } = await addKey(ctx, {
    name: 'till',
    scopes: ['orders:read'],
    expiresAt: ctx.now() + 1,
  });
  const stateAt = async (now: number) => (await listMadeKeys(ctx)).map((key) => keyState(key, now));
  expect([await stateAt(ctx.now()), await stateAt(ctx.now() + 1)]).toEqual([['works'], ['over']]);
  await revokeKey(ctx, { id });
  expect(await stateAt(ctx.now())).toEqual(['ended']);
});

test.each(locales)('every scope has words of its own in %s', (locale) => {
  const { t } = speechIn(locale, [locale]);
  expect(new Set(scopes.map((scope) => scopeWords(t, scope))).size).toBe(scopes.length);
});
