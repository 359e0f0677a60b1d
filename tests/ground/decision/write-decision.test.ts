import { expect, test } from 'vitest';
import type { Decision } from '../../../functions/ground/decision/decision.ts';
import { writeDecision } from '../../../functions/ground/decision/write-decision.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { createTestContext } from '../../support/test-context.ts';

const row = (key: string) => ({
  sql: "INSERT INTO settings (key, value, set_at, set_by) VALUES (?, 'x', 0, 'test')",
  args: [key],
});

const whole: Decision = {
  rows: [row('own')],
  letters: [{ template: 'welcome', params: {}, address: 'ann@x.example' }],
  audit: { kind: 'setting.set', subjectKind: 'setting', subjectId: 'own', detail: { amount: 5n } },
  also: [
    { rows: [row('other')], audit: { kind: 'setting.set', subjectKind: 'setting', subjectId: 'other' } },
  ],
  beside: [row('kept')],
};

async function readAll({ db }: Context) {
  const column = async (sql: string) => (await db.read({ sql, args: [] })).map(([value]) => value);
  return {
    settings: await column('SELECT key FROM settings ORDER BY rowid'),
    mail: await column('SELECT address FROM outbox'),
    audit: await column("SELECT act || ' ' || subject_id || ' ' || detail FROM audit_log ORDER BY id"),
  };
}

test('a decision is written whole, its own part first and what rides along last', async () => {
  const ctx = await createTestContext();
  await writeDecision(ctx, whole);
  expect(await readAll(ctx)).toEqual({
    settings: ['own', 'other', 'kept'],
    mail: ['ann@x.example'],
    audit: ['setting.set own {"amount":5}', 'setting.set other {}'],
  });
});

test('a decision that is refused in one part leaves no other', async () => {
  const ctx = await createTestContext();
  await ctx.db.write([row('kept')]);
  await expect(writeDecision(ctx, whole)).rejects.toThrow('settings.key');
  expect(await readAll(ctx)).toEqual({ settings: ['kept'], mail: [], audit: [] });
});

test('a decision of nothing asks the database nothing', async () => {
  const ctx = await createTestContext();
  const write = () => Promise.reject(new Error('written'));
  await writeDecision({ ...ctx, db: { ...ctx.db, write } }, { rows: [], also: [{}] });
});
