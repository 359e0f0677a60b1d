import { describe, expect, test } from 'vitest';
import { getSetUp } from '../../../functions/desk/console/get-set-up.ts';
import { type Context, roles } from '../../../functions/ground/platform/context.ts';
import { getBusiness } from '../../../functions/money/business/business.ts';
import { setPolicies } from '../../../functions/money/business/policies.ts';
import { setSettings } from '../../../functions/money/business/settings.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';

const doneIn = async (ctx: Context) =>
  (await getSetUp(ctx)).steps.filter(({ isDone }) => isDone).map(({ name }) => name);

describe('setting up', () => {
  test('begins with nothing done, and each step is done by what it sets', async () => {
    const ctx = await createTestContext();
    expect(await doneIn(ctx)).toEqual([]);
    await setSettings(ctx, { currency: 'EUR' });
    expect(await doneIn(ctx)).toEqual([]);
    await setSettings(ctx, { timeZone: 'Europe/Kyiv' });
    expect(await doneIn(ctx)).toEqual(['money']);
    await setPolicies(ctx, [['contactEmail', 'hello@tea.example']]);
    await setPolicies(ctx, [['name', 'Tea House']]);
    expect(await getSetUp(ctx)).toMatchObject({ done: 3 });
    expect(await doneIn(ctx)).toEqual(['shop', 'contact', 'money']);
  });

  test('sees the programme and the first order', async () => {
    const shop = await openShop(moneyBack);
    expect(await doneIn(shop.ctx)).toEqual(['money', 'rule']);
    await shop.order();
    expect(await doneIn(shop.ctx)).toEqual(['money', 'rule', 'orders']);
  });

  test('is told until somebody puts it away, brought back by the setting, each with its line in the log', async () => {
    const ctx = await createTestContext();
    const isTold = async () => (await getSetUp(ctx)).isTold;
    expect(await isTold()).toBe(true);
    await setPolicies(ctx, [['setUpNotice', 'hidden']]);
    expect(await isTold()).toBe(false);
    await setPolicies(ctx, [['contactEmail', 'hello@tea.example']]);
    expect(await getSetUp(ctx)).toMatchObject({ isTold: false, done: 1 });
    await setPolicies(ctx, [['setUpNotice', 'shown']]);
    expect(await isTold()).toBe(true);
    const acts = await ctx.db.read({
      sql: "SELECT detail FROM audit_log WHERE act = 'setting.set' AND subject_id = 'setUpNotice' ORDER BY id",
      args: [],
    });
    expect(acts.map(([detail]) => JSON.parse(String(detail)))).toEqual([
      { value: 'hidden', before: 'shown' },
      { value: 'shown', before: 'hidden' },
    ]);
  });

  test('is for owners and managers', async () => {
    const ctx = await createTestContext();
    const seen = async (role: (typeof roles)[number]) => {
      try {
        await getSetUp({ ...ctx, actor: { kind: 'staff', id: 's1', role } });
        return true;
      } catch {
        return false;
      }
    };
    const may = await Promise.all(roles.map(async (role) => [role, await seen(role)]));
    expect(Object.fromEntries(may)).toEqual({ owner: true, manager: true, agent: false, analyst: false });
    await expect(getSetUp({ ...ctx, actor: { kind: 'anonymous' } })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

describe('several settings at once', () => {
  test('are all kept, each with its line in the log', async () => {
    const ctx = await createTestContext();
    await setPolicies(ctx, [
      ['name', 'Tea House'],
      ['accent', '#7a3b00'],
    ]);
    expect((await getBusiness(ctx)).identity).toMatchObject({ name: 'Tea House', accent: '#7a3b00' });
    const lines = await ctx.db.read({ sql: 'SELECT subject_id FROM audit_log ORDER BY id', args: [] });
    expect(lines.flat().sort()).toEqual(['accent', 'name']);
  });

  test('are none of them kept when one is refused, and all that is wrong is told', async () => {
    const ctx = await createTestContext();
    const refused = setPolicies(ctx, [
      ['name', 'Tea House'],
      ['accent', 'red'],
      ['contactEmail', 'nobody'],
    ]);
    await expect(refused).rejects.toMatchObject({ errors: [{ path: 'accent' }, { path: 'contactEmail' }] });
    expect((await getBusiness(ctx)).settings.size).toBe(0);
    const both = setSettings(ctx, { currency: 'XYZ', timeZone: 'Nowhere' });
    await expect(both).rejects.toMatchObject({ errors: [{ path: 'currency' }, { path: 'timeZone' }] });
  });
});
