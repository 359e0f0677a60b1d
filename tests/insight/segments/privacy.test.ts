import { expect, test } from 'vitest';
import type { Actor, Context } from '../../../functions/ground/platform/context.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { countSegment } from '../../../functions/insight/segments/count-segment.ts';
import { explainNamed } from '../../../functions/insight/segments/explain-named.ts';
import { listMembers } from '../../../functions/insight/segments/list-members.ts';
import { getSegment } from '../../../functions/insight/segments/list-segments.ts';
import { setSegment } from '../../../functions/insight/segments/set-segment.ts';
import { defineOwnField } from '../../../functions/people/own-fields/define-own-field.ts';
import { setOwnValues } from '../../../functions/people/own-fields/set-own-values.ts';
import { downloadMembers } from '../../../functions/reach/exports/segment-members.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const all = (...rules: unknown[]) => ({ combinator: 'and', not: false, rules });
const isAnn = { field: 'customer.email', operator: '=', value: 'ann@example.com' };
const isIll = { field: 'own.health', operator: '=', value: 'diabetes' };
const isSick = { field: 'segment', operator: '=', value: 'sick' };

/** Ann told about her health; the segment `sick` asks for it, `ann` for her address. */
async function openClinic() {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order();
  await defineOwnField(shop.ctx, { key: 'health', kind: 'text', names: { en: 'Health' } });
  await setOwnValues(shop.ctx, { customerId, values: { health: 'diabetes' } });
  await workFacts(shop.ctx);
  await setSegment(shop.ctx, { id: 'sick', definition: all(isIll) });
  await setSegment(shop.ctx, { id: 'ann', definition: all(isAnn) });
  return (actor: Actor): Context => ({ ...shop.ctx, actor });
}

const analyst: Actor = { kind: 'staff', id: 'x', role: 'analyst' };
const agent: Actor = { kind: 'staff', id: 'y', role: 'agent' };
const key = (...scopes: Extract<Actor, { kind: 'key' }>['scopes']): Actor => ({
  ...{ kind: 'key', id: 'k', scopes },
});

test.each<[string, Actor, unknown[], string]>([
  ['analysts what is private', analyst, [isAnn, isIll], 'rules.1.field'],
  ['analysts a birthday', analyst, [{ field: 'customer.birthday', operator: 'notNull' }], 'rules.0.field'],
  ['analysts what another segment asks', analyst, [isAnn, isSick], 'rules.1.value'],
  ['keys of segments alone who people are', key('segments:read'), [isAnn], 'rules.0.field'],
  [
    'keys of segments alone what accounts are called',
    key('segments:read'),
    [{ field: 'account.name', operator: 'startsWith', value: 'A' }],
    'rules.0.field',
  ],
])('no count tells %s', async (_what, actor, rules, path) => {
  const as = await openClinic();
  await expect(countSegment(as(actor), { definition: all(...rules) })).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [{ path, code: 'forbidden' }],
  });
  expect((await countSegment(as(agent), { definition: all(isAnn, isIll) })).accounts).toBe(1);
});

test('analysts are not told who is in a segment that asks what is private, nor why', async () => {
  const as = await openClinic();
  await expect(listMembers(as(analyst), { id: 'sick' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(explainNamed(as(analyst), { id: 'sick', email: 'ann@example.com' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(await explainNamed(as(agent), { id: 'sick', email: 'ann@example.com' })).toMatchObject([
    { why: { holds: true } },
  ]);
  expect(await explainNamed(as(analyst), { id: 'ann', email: 'ann@example.com' })).toHaveLength(1);
});

test('analysts take home no file of who is in a segment, and the log has no line of it', async () => {
  const as = await openClinic();
  await expect(downloadMembers(as(analyst), 'ann')).rejects.toMatchObject({ code: 'forbidden' });
  const lines = () =>
    as(agent).db.read({ sql: "SELECT 1 FROM audit_log WHERE act = 'segment.exported'", args: [] });
  expect(await lines()).toEqual([]);
  await downloadMembers(as(agent), 'ann');
  expect(await lines()).toHaveLength(1);
});

test('keys that may not read customers neither read nor keep addresses in segments', async () => {
  const as = await openClinic();
  const told = async (actor: Actor) => (await getSegment(as(actor), { id: 'ann' })).group.rules;
  expect(await told(key('segments:read'))).toMatchObject([{ field: 'customer.email', value: null }]);
  expect(await told(key('segments:read', 'customers:read'))).toMatchObject([isAnn]);
  await expect(
    setSegment(as(key('segments:read', 'segments:write')), { id: 'new', definition: all(isAnn) }),
  ).rejects.toMatchObject({ errors: [{ path: 'definition.rules.0.field', code: 'forbidden' }] });
});
