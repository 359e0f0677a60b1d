import { describe, expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { getAbout } from '../../../functions/desk/console/customers/get-about.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import { getCustomer } from '../../../functions/people/customers/get-customer.ts';
import {
  defineOwnField,
  type OwnFieldInput,
  removeOwnField,
} from '../../../functions/people/own-fields/define-own-field.ts';
import { getMyOwnFields, getOwnFields } from '../../../functions/people/own-fields/get-own-fields.ts';
import { readOwnValue } from '../../../functions/people/own-fields/own-field.ts';
import { setMyOwnValues, setOwnValues } from '../../../functions/people/own-fields/set-own-values.ts';
import { exportCustomers } from '../../../functions/reach/exports/export-customers.ts';
import { importCustomers } from '../../../functions/reach/imports/on-node/by-path.ts';
import { textOf } from '../../reach/exports/export-text.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const staffOf = (shop: Shop, role: Role) =>
  ({ ...shop.ctx, actor: { kind: 'staff', id: 's1', role } }) as const;

const size = { key: 'size', kind: 'number', names: { en: 'Shoe size' }, customers: 'edit' } as const;
const fields: readonly OwnFieldInput[] = [
  size,
  { key: 'tea', kind: 'choice', names: { en: 'Tea' }, choices: ['Green', 'Black'], customers: 'see' },
  { key: 'since', kind: 'day', names: { en: 'Since' } },
  { key: 'wrap', kind: 'yes_no', names: { en: 'Gift wrap' } },
  { key: 'about', kind: 'text', names: { en: 'About', uk: 'Про' } },
];

async function shopWithFields(): Promise<Shop> {
  const shop = await openShop(moneyBack);
  for (const field of fields) await defineOwnField(shop.ctx, field);
  return shop;
}

const always = { since: null, until: null };

describe('a value', () => {
  const choices = ['Green', 'Black'];
  test.each([
    ['number', '042,50', '42.5'],
    ['number', '-0', '0'],
    ['number', '−7', '-7'],
    ['number', '1 000', '1000'],
    ['number', '12.', '12'],
    ['number', '123456789012345', '123456789012345'],
    ['number', '1234567890123456', null],
    ['number', '1e3', null],
    ['number', '', null],
    ['day', '2024-02-29', '2024-02-29'],
    ['day', '2023-02-29', null],
    ['yes_no', 'Так', 'yes'],
    ['yes_no', 'FALSE', 'no'],
    ['yes_no', 'maybe', null],
    ['choice', 'green', 'Green'],
    ['choice', 'White', null],
    ['text', ' a b ', 'a b'],
    ['text', 'a\nb', null],
    ['text', 'x'.repeat(501), null],
  ] as const)('of the kind %s, %j, is kept as %j', (kind, typed, value) => {
    const read = readOwnValue({ kind, choices }, typed);
    expect(read.ok ? read.value : null).toBe(value);
  });
});

describe('definitions', () => {
  test('are told by key, and changed by who defines them again', async () => {
    const { ctx } = await shopWithFields();
    expect((await getOwnFields(ctx)).map(({ key }) => key)).toEqual([
      'about',
      'since',
      'size',
      'tea',
      'wrap',
    ]);
    await defineOwnField(ctx, { ...size, names: { en: 'Size' } });
    expect((await getOwnFields(ctx)).find(({ key }) => key === 'size')).toEqual({
      ...size,
      names: { en: 'Size' },
      choices: [],
    });
  });

  test.each<[string, Partial<OwnFieldInput>, string]>([
    ['a key with capitals', { key: 'Size' }, 'key'],
    ['no name in the own language', { names: { uk: 'Розмір' } }, 'names'],
    ['a choice of one', { kind: 'choice', choices: ['Green'] }, 'choices'],
    ['a choice twice', { kind: 'choice', choices: ['Green', 'green'] }, 'choices'],
  ])('refuse %s', async (_, wrong, path) => {
    const { ctx } = await openShop(moneyBack);
    await expect(
      defineOwnField(ctx, { key: 'size', kind: 'number', names: { en: 'Size' }, ...wrong }),
    ).rejects.toMatchObject({ code: 'validation_failed', errors: [{ path }] });
    expect(await getOwnFields(ctx)).toEqual([]);
  });

  test('keep kind and choices that somebody has', async () => {
    const shop = await shopWithFields();
    const { customerId } = await shop.order();
    await setOwnValues(shop.ctx, { customerId, values: { tea: 'Green', size: 42 } });
    const used = { code: 'own_field_in_use' };
    await expect(
      defineOwnField(shop.ctx, { key: 'size', kind: 'text', names: { en: 'Size' } }),
    ).rejects.toMatchObject(used);
    const tea = { key: 'tea', kind: 'choice', names: { en: 'Tea' } } as const;
    await expect(defineOwnField(shop.ctx, { ...tea, choices: ['Black', 'White'] })).rejects.toMatchObject(
      used,
    );
    await defineOwnField(shop.ctx, { ...tea, choices: ['Green', 'White'] });
    await defineOwnField(shop.ctx, { key: 'about', kind: 'day', names: { en: 'About' } });
    expect((await getCustomer(shop.ctx, { id: customerId })).own).toEqual({ tea: 'Green', size: 42 });
  });

  test('go with all values, once that was confirmed', async () => {
    const shop = await shopWithFields();
    const { customerId } = await shop.order();
    await setOwnValues(shop.ctx, { customerId, values: { size: '42', wrap: true } });
    await expect(removeOwnField(shop.ctx, { key: 'size' })).rejects.toMatchObject({
      code: 'own_field_in_use',
    });
    expect(await removeOwnField(shop.ctx, { key: 'size', isConfirmed: true })).toBe(1);
    expect(await removeOwnField(shop.ctx, { key: 'about' })).toBe(0);
    const left = await shop.ctx.db.read(statement('SELECT field_key FROM own_field_values'));
    expect(left).toEqual([['wrap']]);
    await expect(removeOwnField(shop.ctx, { key: 'size' })).rejects.toMatchObject({ code: 'not_found' });
    const acts = await shop.ctx.db.read(
      statement("SELECT act, subject_id FROM audit_log WHERE act = 'own-field.removed' ORDER BY id"),
    );
    expect(acts).toEqual([
      ['own-field.removed', 'size'],
      ['own-field.removed', 'about'],
    ]);
  });

  test.each<[Role, boolean]>([
    ['owner', true],
    ['manager', true],
    ['agent', false],
    ['analyst', false],
  ])('are for owners and managers: %s %s', async (role, may) => {
    const shop = await openShop(moneyBack);
    const done = defineOwnField(staffOf(shop, role), size).then(
      () => true,
      ({ code }) => code,
    );
    expect(await done).toBe(may || 'forbidden');
    const gone = await removeOwnField(staffOf(shop, role), { key: 'size' }).catch(({ code }) => code);
    expect(gone).toBe(may ? 0 : 'forbidden');
  });
});

describe('values', () => {
  test('are kept by staff with a line in the log and in the history, neither of which tells them', async () => {
    const shop = await shopWithFields();
    const { customerId } = await shop.order();
    const agent = staffOf(shop, 'agent');
    const first = await setOwnValues(agent, { customerId, values: { about: 'Likes =Assam', size: '42,0' } });
    expect(first.keys).toEqual(['about', 'size']);
    expect((await setOwnValues(agent, { customerId, values: { size: 42 } })).keys).toEqual([]);
    await setOwnValues(agent, { customerId, values: { about: null } });
    const about = await getAbout(agent, { customerId, accountId: null });
    expect(about.own.filter(({ value }) => value !== null).map(({ key, value }) => [key, value])).toEqual([
      ['size', '42'],
    ]);
    const told = await shop.ctx.db.read(
      statement(
        `SELECT detail FROM history WHERE kind = 'own_fields_changed' UNION ALL
         SELECT detail FROM audit_log WHERE act = 'customer.own-fields-changed'`,
      ),
    );
    expect(told).toHaveLength(4);
    expect(JSON.stringify(told)).not.toMatch(/Assam|(?<![0-9a-f])42(?![0-9a-f])/);
  });

  test('are refused by field, all at once, and nothing is kept', async () => {
    const shop = await shopWithFields();
    const { customerId } = await shop.order();
    await expect(
      setOwnValues(shop.ctx, { customerId, values: { size: 'big', tea: 'White', none: 1, wrap: true } }),
    ).rejects.toMatchObject({
      errors: [
        { path: 'values.size', code: 'invalid_number' },
        { path: 'values.tea', code: 'invalid_choice' },
        { path: 'values.none', code: 'unknown_key' },
      ],
    });
    expect((await getCustomer(shop.ctx, { id: customerId })).own).toEqual({});
    await expect(setOwnValues(shop.ctx, { customerId: 'nobody', values: { size: 1 } })).rejects.toMatchObject(
      { code: 'not_found' },
    );
  });

  test('are nothing for analysts to read or write', async () => {
    const shop = await shopWithFields();
    const { customerId } = await shop.order();
    await setOwnValues(shop.ctx, { customerId, values: { size: 42 } });
    const analyst = staffOf(shop, 'analyst');
    expect((await getAbout(analyst, { customerId, accountId: null })).own).toEqual([]);
    await expect(textOf(exportCustomers(analyst, always))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(setOwnValues(analyst, { customerId, values: { size: 1 } })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('are seen and filled by customers as far as they were allowed to', async () => {
    const shop = await shopWithFields();
    const { customerId } = await shop.order();
    await setOwnValues(shop.ctx, { customerId, values: { tea: 'Black', about: 'secret' } });
    const ctx = shop.as(customerId);
    await setMyOwnValues(ctx, { values: { size: '39.5' } });
    expect((await getMyOwnFields(ctx)).map(({ key, value }) => [key, value])).toEqual([
      ['size', '39.5'],
      ['tea', 'Black'],
    ]);
    for (const key of ['tea', 'about'])
      await expect(setMyOwnValues(ctx, { values: { [key]: 'Green' } })).rejects.toMatchObject({
        errors: [{ path: `values.${key}`, code: 'unknown_key' }],
      });
    const acts = await shop.ctx.db.read(
      statement("SELECT count(*) FROM audit_log WHERE act = 'customer.own-fields-changed'"),
    );
    expect(Number(acts[0]?.[0])).toBe(1);
  });
});

describe('files of customers', () => {
  const file = async (shop: Shop) => {
    const one = await shop.order({ email: 'ann@example.com' });
    const two = await shop.order({ email: 'bob@example.com', account: 'ACME' });
    await setOwnValues(shop.ctx, {
      customerId: one.customerId,
      values: { about: '=cmd, "x"', size: -5.5, wrap: false },
    });
    await setOwnValues(shop.ctx, {
      customerId: two.customerId,
      values: { tea: 'Green', since: '2020-02-29' },
    });
    return textOf(exportCustomers(shop.ctx, always));
  };

  test('come into an empty portal with the same fields and out again the same, to the byte', async () => {
    const exported = await file(await shopWithFields());
    expect(exported).toContain(',note,own:about,own:since,own:size,own:tea,own:wrap\n');
    const second = await shopWithFields();
    const report = await importCustomers(second.ctx, { path: aFile(exported) });
    expect(report.errors).toEqual([]);
    expect(await textOf(exportCustomers(second.ctx, always))).toBe(exported);
    const again = await importCustomers(second.ctx, { path: aFile(exported) });
    expect(again.customers).toEqual({ created: 0, updated: 0, unchanged: 2, rejected: 0 });
  });

  test('are refused by line where they contradict, and whole where they name no field', async () => {
    const shop = await shopWithFields();
    await file(shop);
    const told = (rows: string) => importCustomers(shop.ctx, { path: aFile(rows) });
    const { errors } = await told(
      'email,own:size,own:tea\nann@example.com,43,\nbob@example.com,,Blue\nann@example.com,"-5,50",\n',
    );
    expect(errors).toMatchObject([
      {
        line: 2,
        customer: 'ann@example.com',
        reason: expect.stringMatching(/^own:size: contradicts "-5.5"/),
      },
      { line: 3, customer: 'bob@example.com', reason: 'own:tea: has to be one of Green, Black' },
    ]);
    await expect(told('email,own:none\nann@example.com,1\n')).rejects.toMatchObject({
      code: 'validation_failed',
      message: 'There is no own field of that name: own:none.',
    });
  });
});
