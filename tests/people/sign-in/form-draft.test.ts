import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { hashOf } from '../../../functions/ground/platform/ids.ts';
import {
  DRAFT_KEPT_MS,
  dropDraft,
  findDraft,
  keepDraft,
} from '../../../functions/people/sign-in/form-draft.ts';
import { sweepSignIn } from '../../../functions/people/sign-in/sweep-sign-in.ts';
import { openShop } from '../../support/shop.ts';

const typed = {
  sessionToken: 'token-of-a-session',
  path: '/console/orders/new',
  fields: [['customer', 'Ann']],
} as const;

async function overSession() {
  const shop = await openShop();
  const member = async (id: string): Promise<Context> => {
    await shop.ctx.db.write([
      statement(
        "INSERT INTO staff (id, email, role, created_at) VALUES (?, ?, 'agent', 1)",
        id,
        `${id}@x.example`,
      ),
    ]);
    return { ...shop.ctx, actor: { kind: 'staff', id, role: 'agent' } };
  };
  const [own, other] = [await member('own'), await member('other')];
  await shop.ctx.db.write([
    statement(
      `INSERT INTO sessions (token_hash, kind, subject_id, created_at, last_seen_at, expires_at, browser)
       VALUES (?, 'staff', 'own', 1, ?, ?, '')`,
      hashOf(typed.sessionToken),
      shop.clock.now() - 13 * 3_600_000,
      shop.clock.now() + 1,
    ),
  ]);
  return { shop, own, other };
}

test('what was typed waits for its writer alone, without secrets, until it is sent again', async () => {
  const { shop, own, other } = await overSession();
  await sweepSignIn(shop.ctx);
  const fields = [...typed.fields, ['api_token', 'x'], ['newPassword', 'y'], ['code', '123456']] as const;
  expect(await keepDraft(shop.ctx, { ...typed, fields })).toBe(true);
  expect(await findDraft(own)).toEqual({ path: typed.path, fields: typed.fields });
  expect(await findDraft(other)).toBeNull();
  expect(await findDraft(shop.ctx)).toBeNull();
  await dropDraft(other);
  expect(await findDraft(own)).not.toBeNull();
  await dropDraft(own);
  expect(await findDraft(own)).toBeNull();
});

test('nothing is kept of strangers, of who was shut out, and of more than a form holds', async () => {
  const { shop, own } = await overSession();
  expect(await keepDraft(shop.ctx, { ...typed, sessionToken: 'of nobody' })).toBe(false);
  expect(await keepDraft(shop.ctx, { ...typed, fields: [['a', 'x'.repeat(40_000)]] })).toBe(false);
  await shop.ctx.db.write([statement("UPDATE staff SET disabled_at = 1 WHERE id = 'own'")]);
  expect(await keepDraft(shop.ctx, typed)).toBe(false);
  expect(await findDraft(own)).toBeNull();
});

test('it is forgotten after a week', async () => {
  const { shop, own } = await overSession();
  await keepDraft(shop.ctx, typed);
  shop.clock.advance(DRAFT_KEPT_MS + 1);
  expect(await findDraft(own)).toBeNull();
  await sweepSignIn(shop.ctx);
  expect(await shop.ctx.db.read(statement('SELECT * FROM form_drafts'))).toEqual([]);
});
