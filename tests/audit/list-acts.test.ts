import { expect, test } from 'vitest';
import { recordAct } from '../../functions/audit/record-act.ts';
import { setSetting } from '../../functions/business/settings.ts';
import { listActs } from '../../functions/console/list-acts.ts';
import { importOrders } from '../../functions/imports/import-orders.ts';
import { undoImport } from '../../functions/imports/undo-import.ts';
import { addKey } from '../../functions/keys/add-key.ts';
import { revokeKey } from '../../functions/keys/revoke-key.ts';
import type { Context } from '../../functions/platform/context.ts';
import { newId } from '../../functions/platform/ids.ts';
import { aFile } from '../imports/import-file.ts';
import { moneyBack, openShop } from '../support/shop.ts';

const everything = { actor: null, subject: null, day: null, after: null };
const actsOf = async (ctx: Context) =>
  (await listActs(ctx, everything)).items.map(({ act, subjectKind, subjectName, detail }) => [
    act,
    subjectName ?? subjectKind,
    ...detail.map(
      ([name, value]) => `${name}=${typeof value === 'object' ? 'minor' in value && value.minor : value}`,
    ),
  ]);

test('tells of programme, currency, time zone, keys and imports', async () => {
  const { ctx, setRules } = await openShop();
  await setSetting(ctx, 'timeZone', 'Europe/Kyiv');
  await setRules(moneyBack);
  const { id } = await addKey(ctx, { name: 'till', scopes: ['orders:write'] });
  await revokeKey(ctx, { id });
  const path = aFile(
    'order_number,placed_at,customer_email,currency,line_total\nA-1,2026-01-05,ann@x.example,EUR,60.00\n',
  );
  const imported = await importOrders(ctx, { path });
  await undoImport(ctx, imported.id ?? '');
  const acts = await actsOf(ctx);
  expect(acts.toSorted()).toEqual(
    [
      ['import.undone', 'orders.csv', 'orders=1', 'restored=0'],
      ['key.added', 'till', 'scopes=orders:write'],
      ['key.revoked', 'till'],
      ['orders.imported', 'orders.csv'],
      ['programme.set', 'programme'],
      ['setting.set', 'setting', 'value=EUR'],
      ['setting.set', 'setting', 'value=Europe/Kyiv'],
      ['setting.set', 'setting', 'value=Europe/London'],
    ].toSorted(),
  );
});

test('names people and money, and no id', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const { accountId } = await order({ customer: { email: 'ann@example.com', name: 'Ann' } });
  const detail = { adjustment: newId(), amount: 200n };
  const act = { act: 'account.adjusted', subjectKind: 'account', subjectId: accountId, detail };
  await ctx.db.write([recordAct(ctx, act)]);
  expect(await actsOf(ctx)).toContainEqual(['account.adjusted', 'Ann', 'amount=200']);
});
