import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { findPerson } from '../../../functions/desk/erasure/find-person.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const gone = { words: 'gone' } as const;

test('what two customers are called names neither of them in the texts of others', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const name = 'Олена Коваль';
  const { customerId } = await order({ customer: { email: 'ann@example.com', name } });
  const other = await order({ customer: { email: 'olena@example.com', name: 'коваль олена' } });
  const near = await order({ customer: { email: 'near@example.com', name: 'Олена Ковальчук' } });
  await ctx.db.write([
    statement(
      `UPDATE customers SET phone = '+380 44 123 45 67' WHERE id IN (?, ?)`,
      ...[customerId, other.customerId],
    ),
    statement('UPDATE customers SET member_number = ? WHERE id = ?', '100500', customerId),
    statement(
      "INSERT INTO staff (id, email, name, role, created_at) VALUES ('s', 's@shop.example', 'S', 'agent', 1)",
    ),
    statement(
      "INSERT INTO form_drafts (staff_id, path, fields, at) VALUES ('s', '/a', ?, 1)",
      '[["a","Олена Коваль, 380441234567, 100500, ann@example.com"]]',
    ),
  ]);
  const person = await findPerson(ctx, customerId);
  expect(person?.words).toEqual(expect.arrayContaining(['ann@example.com']));
  expect(person?.words.join(' ')).not.toMatch(/олена|коваль|1234567|100500/i);
  expect((await findPerson(ctx, near.customerId))?.words.join(' ')).toMatch(/ковальчук/);
  await eraseCustomer(ctx, { customerId, ...gone });
  expect(await ctx.db.read(statement('SELECT fields FROM form_drafts'))).toEqual([
    ['[["a","Олена Коваль, 380441234567, 100500, —"]]'],
  ]);
});

test('in their own words nothing stays by which they are called or reached, in whatever case', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const { customerId } = await order({ customer: { email: 'ann@example.com', name: 'Олена Коваль' } });
  await ctx.db.write([
    statement("UPDATE customers SET phone = '+380 44 123 45 67' WHERE id = ?", customerId),
    statement(
      `INSERT INTO feedback (id, reference, kind, customer_id, text, wants_reply, source, at, actor)
       VALUES ('f', 'F1', 'praise', ?, ?, 0, 'portal', 1, 'x')`,
      customerId,
      'Олено, дякуємо! Чай для Олени Коваль, тел. (044) 123-45-67 або +49 170 1234567, olena.work@example.org, замовлення 1234567',
    ),
  ]);
  await eraseCustomer(ctx, { customerId, words: 'kept' });
  expect(await ctx.db.read(statement('SELECT text FROM feedback'))).toEqual([
    ['—, дякуємо! Чай для — —, тел. (— або —, —, замовлення 1234567'],
  ]);
});
