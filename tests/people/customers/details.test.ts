import { describe, expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { createApp } from '../../../functions/app.ts';
import { findAlike } from '../../../functions/desk/console/customers/find-alike.ts';
import { getAbout } from '../../../functions/desk/console/customers/get-about.ts';
import { checkByHand } from '../../../functions/desk/console/orders/record-by-hand.ts';
import { search } from '../../../functions/desk/console/search.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { addCustomer } from '../../../functions/people/customers/add-customer.ts';
import { correctCustomer, getDetails } from '../../../functions/people/customers/correct-customer.ts';
import { addCustomerExample } from '../../../functions/people/customers/schema.ts';
import { exportCustomers } from '../../../functions/reach/exports/export-customers.ts';
import { importCustomers } from '../../../functions/reach/imports/on-node/by-path.ts';
import { postDetails, postNewCustomer } from '../../../src/customer-form.ts';
import { wordsIn } from '../../../src/locale.ts';
import { textOf } from '../../reach/exports/export-text.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { signIn } from '../../support/sign-in.ts';
import { createTestApi, post } from '../../support/test-api.ts';

const staffOf = (shop: Shop, role: Role = 'agent') =>
  ({ ...shop.ctx, actor: { kind: 'staff', id: 's1', role } }) as const;
const sql = (shop: Shop, text: string) => shop.ctx.db.read(statement(text));
const always = { since: null, until: null };
const ann = { email: 'Ann@Example.com ', name: 'Ann Lee', phone: '+44 20 7946 0117', birthday: '1990-03-31' };

describe('a customer whom staff add', () => {
  test('is kept as a row of the customers CSV would keep them, and found by name and phone', async () => {
    const shop = await openShop(moneyBack);
    const ctx = staffOf(shop);
    const news = { wanted: true, source: 'card at the counter' };
    const { customerId, key } = await addCustomer(ctx, {
      ...ann,
      address: 'Lane 1\nTown',
      language: 'uk',
      news,
    });
    expect(key).toBeNull();
    const about = await getAbout(ctx, { customerId, accountId: null });
    expect(about.head).toMatchObject({
      email: 'ann@example.com',
      phone: ann.phone,
      address: 'Lane 1\nTown',
      claimedAt: null,
    });
    expect(about.consents).toMatchObject([
      { kind: 'news', isGiven: true, source: 'staff', text: news.source },
    ]);
    for (const text of ['ann lee', '79460117', 'ann@'])
      expect((await search(ctx, { text })).customers).toMatchObject([{ id: customerId }]);
    const file = await textOf(exportCustomers(ctx, always));
    expect(file).toContain('ann@example.com,,,Ann Lee,\'+44 20 7946 0117,"Lane 1\nTown",1990-03-31,uk');
    expect(await importCustomers(ctx, { path: aFile(file) })).toMatchObject({
      customers: { unchanged: 1, rejected: 0 },
    });
    const [[act, detail] = []] = await sql(
      shop,
      "SELECT act, detail FROM audit_log WHERE act LIKE 'customer.%'",
    );
    expect([act, String(detail).includes('Ann')]).toEqual(['customer.added', false]);
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  test('without an email is known by a key, and buys', async () => {
    const shop = await openShop(moneyBack);
    const ctx = staffOf(shop);
    const { customerId, key } = await addCustomer(ctx, { name: 'Bo', phone: '0171 234567' });
    expect(key).toMatchObject({ source: 'console' });
    const typed = {
      key: newId(),
      openedAt: shop.clock.now(),
      number: '',
      placedOn: '',
      status: 'placed',
      promisedBy: '',
    };
    const line = {
      product: 'Tray',
      category: '',
      quantity: '1',
      price: '120',
      discount: '',
      isGiftCard: false,
    };
    const who = { customer: '0171 234567', customerId: '', isNewCustomer: false, account: '', shipping: '' };
    const checked = await checkByHand(ctx, { ...typed, ...who, lines: [line] });
    expect(checked.meant).toMatchObject({ kind: 'customer', person: { id: customerId } });
    const file = await textOf(exportCustomers(ctx, always));
    expect(await importCustomers(ctx, { path: aFile(file) })).toMatchObject({ customers: { unchanged: 1 } });
  });

  test.each([
    [{ email: 'ann@' }, 'email'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ name: 'Ann\u0007' }, 'name'],
    [{ ...ann, phone: 'call me' }, 'phone'],
    [{ ...ann, birthday: '31.3.1990' }, 'birthday'],
    [{ ...ann, language: 'xx' }, 'language'],
    [{ birthday: '--03-31' }, 'name'],
    [{ ...ann, news: { wanted: true, source: ' ' } }, 'news.source'],
  ])('is refused with %o beside its field, and nothing is written', async (typed, path) => {
    const shop = await openShop(moneyBack);
    await expect(addCustomer(staffOf(shop), typed)).rejects.toMatchObject({ errors: [{ path }] });
    expect(await sql(shop, 'SELECT id FROM customers')).toEqual([]);
  });

  test('is never somebody who is there, and one however often the form is sent', async () => {
    const shop = await openShop(moneyBack);
    const ctx = staffOf(shop);
    const formKey = newId();
    const first = await addCustomer(ctx, ann, { formKey });
    expect((await addCustomer(ctx, ann, { formKey })).customerId).toBe(first.customerId);
    await expect(addCustomer(ctx, ann)).rejects.toMatchObject({
      errors: [{ path: 'email', code: 'email_taken' }],
    });
    expect(await sql(shop, 'SELECT id FROM customers')).toHaveLength(1);
    await expect(addCustomer(staffOf(shop, 'analyst'), ann)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is asked about first when somebody has nearly the same email, the phone or the name', async () => {
    const shop = await openShop(moneyBack);
    const ctx = staffOf(shop);
    const { customerId } = await addCustomer(ctx, ann);
    const none = { email: '', name: '', phone: '' };
    for (const told of [{ email: 'ann@exampel.com' }, { phone: '(020) 7946-0117' }, { name: 'ANN LEE' }])
      expect(await findAlike(ctx, { ...none, ...told })).toMatchObject([{ id: customerId }]);
    expect(await findAlike(ctx, { ...none, name: 'Ann' })).toEqual([]);
    const t = wordsIn('en');
    const fields = new Map([
      ['name', 'Ann Lee'],
      ['key', newId()],
    ]);
    expect(await postNewCustomer(ctx, t, fields)).toMatchObject({ alike: [{ id: customerId }] });
    expect(await sql(shop, 'SELECT id FROM customers')).toHaveLength(1);
    expect(await postNewCustomer(ctx, t, new Map([...fields, ['sure', 'yes']]))).toHaveProperty('customerId');
  });
});

describe('a customer whom staff correct', () => {
  test('has what was told, the rest stays, and the log names fields alone', async () => {
    const shop = await openShop(moneyBack);
    const ctx = staffOf(shop);
    const { customerId } = await addCustomer(ctx, ann);
    const told = { name: 'Anne Lea', phone: '', birthday: '--04-01' };
    expect(await correctCustomer(ctx, { customerId, ...told })).toEqual({
      customerId,
      fields: ['name', 'phone', 'birthday'],
    });
    expect(await getDetails(ctx, { customerId })).toMatchObject({
      email: 'ann@example.com',
      name: 'Anne Lea',
      phone: null,
      birthday: '--04-01',
    });
    expect((await search(ctx, { text: '79460117' })).customers).toEqual([]);
    expect((await search(ctx, { text: 'lea' })).customers).toMatchObject([{ id: customerId }]);
    expect(await correctCustomer(ctx, { customerId, ...told })).toEqual({ customerId, fields: [] });
    const acts = await sql(shop, "SELECT detail FROM audit_log WHERE act = 'customer.corrected'");
    expect(acts).toEqual([[JSON.stringify({ fields: 'name, phone, birthday' })]]);
    await correctCustomer(ctx, { customerId, birthday: null });
    expect((await getDetails(ctx, { customerId })).birthday).toBeNull();
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  test('gets another address while they have not joined; orders with the old one still find them', async () => {
    const shop = await openShop(moneyBack);
    const ctx = staffOf(shop);
    const { customerId } = await shop.order({ email: 'ann@exampel.com' });
    await shop.order({ email: 'bob@example.com' });
    await expect(correctCustomer(ctx, { customerId, email: 'bob@example.com' })).rejects.toMatchObject({
      errors: [{ path: 'email', code: 'email_taken' }],
    });
    await correctCustomer(ctx, { customerId, email: 'ann@example.com' });
    expect((await shop.order({ email: 'ann@exampel.com' })).customerId).toBe(customerId);
    expect((await signIn(shop.ctx, 'ann@example.com')).subjectId).toBe(customerId);
  });

  test('who has joined keeps their address, whoever of the staff asks, also after they left', async () => {
    const shop = await openShop(moneyBack);
    const { subjectId: customerId } = await signIn(shop.ctx, 'ann@example.com');
    const refused = { errors: [{ path: 'email', code: 'email_theirs' }] };
    const change = () => correctCustomer(staffOf(shop, 'owner'), { customerId, email: 'eve@example.com' });
    await expect(change()).rejects.toMatchObject(refused);
    await shop.ctx.db.write([
      statement('UPDATE customers SET claimed_at = NULL, closed_at = 5 WHERE id = ?', customerId),
    ]);
    await expect(change()).rejects.toMatchObject(refused);
    const t = wordsIn('uk');
    const form = (email: string) =>
      new Map([
        ['name', 'Анна'],
        ['email', email],
      ]);
    const errors = await postDetails(staffOf(shop), t, { customerId, fields: form('eve@example.com') });
    expect(errors).toEqual([{ field: 'email', text: expect.stringContaining('лише сам клієнт') }]);
    expect(await postDetails(staffOf(shop), t, { customerId, fields: form('ann@example.com') })).toEqual([]);
    await expect(correctCustomer(shop.as(customerId), { customerId, name: 'Eve' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

test('the API adds once for a key, corrects, and says what is wrong', async () => {
  const { app, bearer } = await createTestApi({ build: createApp });
  const headers = { Authorization: await bearer('customers:write'), 'Idempotency-Key': 'one' };
  const add = () => app.request('/api/v1/customers', post(addCustomerExample, headers));
  const [first, again] = [await add(), await add()];
  expect([first.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true']);
  const { customerId } = await first.json();
  expect((await again.json()).customerId).toBe(customerId);
  const patch = (body: unknown, key: string) =>
    app.request(`/api/v1/customers/${customerId}`, {
      ...post(body, { ...headers, 'Idempotency-Key': key }),
      method: 'PATCH',
    });
  expect(await (await patch({ address: 'Lane 1' }, 'two')).json()).toEqual({
    customerId,
    fields: ['address'],
  });
  const refused = await patch({ phone: 'none', nickname: 'A' }, 'three');
  expect(refused.status).toBe(422);
});
