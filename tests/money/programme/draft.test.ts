import { expect, test } from 'vitest';
import { getProgrammeDesk } from '../../../functions/desk/console/programme/get-programme-desk.ts';
import { getBusiness } from '../../../functions/money/business/business.ts';
import { dropDraft, getDraft, saveDraft, toDraftJson } from '../../../functions/money/programme/draft.ts';
import { publishDraft } from '../../../functions/money/programme/publish-draft.ts';
import { OPEN_FROM } from '../../../functions/money/rehearsal/draft.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const { from: _, ...withoutFrom } = moneyBack;
const file = (...rules: object[]) => ({ currency: 'EUR', timeZone: 'Europe/London', rules, debt: 'carry' });

test('begins with the programme in force, and goes back to it', async () => {
  const { ctx } = await openShop(moneyBack);
  expect(await getDraft(ctx)).toMatchObject({
    revision: 0,
    changed: null,
    file: { rules: [{ id: 'money-back' }] },
  });
  await saveDraft(ctx, file(), { revision: 0 });
  expect(await getDraft(ctx)).toMatchObject({
    revision: 1,
    changed: { actor: 'system:test' },
    file: { rules: [] },
  });
  await dropDraft(ctx, { revision: 1 });
  expect(await getDraft(ctx)).toMatchObject({
    revision: 2,
    changed: null,
    file: { rules: [{ id: 'money-back' }] },
  });
});

test('of two who change the same draft the second is refused', async () => {
  const { ctx } = await openShop(moneyBack);
  const change = (back: string) => saveDraft(ctx, file({ ...withoutFrom, back }), { revision: 0 });
  const both = await Promise.allSettled([change('6.00'), change('7.00')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(change('8.00')).rejects.toMatchObject({ code: 'programme_conflict' });
  await expect(saveDraft(ctx, file({ ...moneyBack, back: '0' }), { revision: 1 })).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [{ path: 'rules.0.back' }],
  });
  await expect(dropDraft(ctx, { revision: Number('none') })).rejects.toMatchObject({
    code: 'programme_conflict',
  });
  expect((await getDraft(ctx)).revision).toBe(1);
});

test('a rule that promises something else begins anew, one that promises the same goes on', async () => {
  const second = { ...moneyBack, id: 'second' };
  const { ctx } = await openShop(moneyBack, second);
  await saveDraft(ctx, file({ ...moneyBack, back: '7.00' }, { ...withoutFrom, id: 'second' }), {
    revision: 0,
  });
  const draft = await getDraft(ctx);
  expect(draft.file.rules.map(({ from }) => from)).toEqual([OPEN_FROM, '2025-01-01']);
  expect(toDraftJson(draft.file).rules.map((rule) => 'from' in rule)).toEqual([false, true]);
});

test('is published from the day that is chosen, once, and what it posted stays known', async () => {
  const { ctx, order } = await openShop();
  await order({ totals: [25000], placedAt: '2026-02-10T10:00:00Z' });
  await saveDraft(ctx, file(withoutFrom), { revision: 0 });
  const publish = (isDryRun: boolean) => publishDraft(ctx, { revision: 1, from: '2026-02-01', isDryRun });
  expect((await publish(true)).posted?.netMinor).toBe(1000n);
  expect((await getBusiness(ctx)).revision).toBe(0);
  expect((await publish(false)).posted?.netMinor).toBe(1000n);
  await expect(publish(false)).rejects.toMatchObject({ code: 'programme_conflict' });
  expect(await getDraft(ctx)).toMatchObject({ changed: null, file: { rules: [{ from: '2026-02-01' }] } });
  const desk = await getProgrammeDesk(ctx);
  expect(desk.rules).toMatchObject([{ version: 1, isComing: false, paidMinor: 1000n }]);
  expect(desk.revisions).toMatchObject([
    {
      revision: 1,
      posted: { minor: 1000n, entries: 1, accounts: 1 },
      changes: [{ change: 'added' }],
    },
  ]);
});

test.each(['agent', 'analyst'] as const)('an %s neither sees nor changes it', async (role) => {
  const { ctx } = await openShop(moneyBack);
  const staff = { ...ctx, actor: { kind: 'staff' as const, id: 's', role } };
  for (const work of [
    getDraft(staff),
    saveDraft(staff, file(), { revision: 0 }),
    dropDraft(staff, { revision: 0 }),
    publishDraft(staff, { revision: 0, from: '2026-03-02', isDryRun: true }),
    getProgrammeDesk(staff),
  ])
    await expect(work).rejects.toMatchObject({ code: 'forbidden' });
});
