import { expect, test } from 'vitest';
import { type AuditItem, listActs } from '../../../functions/desk/console/list-acts.ts';
import { insertAuditLine } from '../../../functions/ground/audit/insert-audit-line.ts';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import { revokeKey } from '../../../functions/ground/keys/revoke-key.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { setSetting } from '../../../functions/money/business/settings.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { undoImport } from '../../../functions/reach/imports/undo-import.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const everything = { actor: null, subject: null, day: null, after: null };
const actsOf = async (ctx: Context) =>
  (await listActs(ctx, everything)).items.map(({ act, subjectKind, subjectName, detail }) => [
    act,
    subjectName ?? subjectKind,
    ...detail.map(([name, value]) => `${name}=${textOf(value)}`),
  ]);

function textOf(value: AuditItem['detail'][number][1] | null): string {
  if (value === null || typeof value !== 'object') return String(value);
  if ('value' in value) return `${textOf(value.before)}>${textOf(value.value)}`;
  return String('minor' in value ? value.minor : value.at);
}

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
      ['import.finished', 'orders.csv', 'file=orders', 'created=1', 'updated=0', 'unchanged=0', 'rejected=0'],
      ['import.undone', 'orders.csv', 'orders=1', 'restored=0'],
      ['key.added', 'till', 'scopes=orders:write'],
      ['key.revoked', 'till'],
      ['orders.imported', 'orders.csv'],
      [
        ...[
          'programme.set',
          'programme',
          'version=null>1',
          'currency=null>EUR',
          'timeZone=null>Europe/London',
        ],
        ...['debt=null>carry', 'rules_added=money-back'],
      ],
      ['setting.set', 'setting', 'value=EUR'],
      ['setting.set', 'setting', 'value=Europe/Kyiv'],
      ['setting.set', 'setting', 'value=Europe/London', 'before=Europe/Kyiv'],
    ].toSorted(),
  );
});

test('names people and money, and no id', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const { accountId } = await order({ customer: { email: 'ann@example.com', name: 'Ann' } });
  const detail = { adjustment: newId(), amount: 200n };
  const about = { subjectKind: 'account', subjectId: accountId, detail };
  await ctx.db.write([insertAuditLine(ctx, { kind: 'account.adjusted', ...about })]);
  expect(await actsOf(ctx)).toContainEqual(['account.adjusted', 'Ann', 'amount=200']);
});
