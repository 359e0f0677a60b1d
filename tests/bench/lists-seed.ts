import { existsSync, renameSync } from 'node:fs';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { statement } from '../../db/query.ts';
import type { Store } from '../../db/store.ts';
import { traits } from '../../functions/desk/console/customers/conditions.ts';
import { indexOrders } from '../../functions/desk/console/index-orders.ts';
import { setProgramme } from '../../functions/money/programme/set-programme.ts';
import { remove } from './kept.ts';
import { contextOn } from './seed.ts';
import { programme } from './shop.ts';

const DAY_MS = 86_400_000;
const STEP = 100_000;

/** Made once for each size: rows as the operations write them, without their history. */
export async function fillLists(customers: number, folder: string): Promise<string> {
  const path = `${folder}/lists-${customers}.db`;
  if (existsSync(path)) return path;
  const building = `${path}.building`;
  remove(building);
  const db = openEmbedded(building);
  await migrate(db, Date.now());
  await db.script('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF');
  await setProgramme(contextOn(db), programme);
  await db.write([
    statement(`INSERT INTO own_fields (key, kind, names, choices, customers, at, actor)
      VALUES ('tea', 'choice', '{"en":"Tea"}', '["Green","Black"]', 'nobody', 1, 'system:bench')`),
  ]);
  for (let from = 0; from < customers; from += STEP)
    await fillStep(db, from, Math.min(customers, from + STEP));
  const ctx = contextOn(db);
  const later = { ...ctx, now: () => Date.now() + DAY_MS };
  while ((await indexOrders(later)) > 0);
  await db.script(`CREATE TABLE bare_list AS SELECT f.customer_id, c.name, c.email, c.member_number, c.phone, f.kind, f.is_claimed,
    f.is_in_club, f.wants_news, f.has_lapsed, f.joined_at, f.order_count, f.spend_minor, f.balance_minor, f.last_placed_at, f.name_key,
    (SELECT value FROM own_field_values AS o WHERE o.customer_id = c.id) AS tea
    FROM customer_figures AS f JOIN customers AS c ON c.id = f.customer_id`);
  await db.script('CREATE UNIQUE INDEX bare_by_id ON bare_list (customer_id)');
  await db.script('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  renameSync(building, path);
  return path;
}

/** One in a hundred is a company, in the club, in debt or wants no news; half have joined. */
async function fillStep(db: Store, from: number, to: number): Promise<void> {
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)';
  const [start, span] = [Date.UTC(2023, 5, 1), Date.UTC(2026, 10, 28) - Date.UTC(2023, 5, 1)];
  const at = `${start} + (i * 7919 % 100003) * ${Math.floor(span / 100_003)}`;
  const fill = (sql: string) => statement(`${numbers} ${sql}`, from, to);
  await db.write([
    fill(`INSERT INTO customers (id, email, name, created_at, claimed_at) SELECT printf('c%09d', i), 'c' || i || '@example.com',
      'Given' || (i * 31 % 9973) || ' Surname' || (i * 17 % 99991), 1, CASE i % 2 WHEN 1 THEN 1 END FROM n`),
    fill(`INSERT INTO accounts (id, root_id, kind, name, owner_id, first_placed_at, history_seq, ledger_seq, ledger_hash, balance_minor,
      settled_revision, created_at, form) SELECT printf('a%09d', i), printf('a%09d', i), CASE i % 100 WHEN 0 THEN 'shared' ELSE 'personal' END,
      'Account ' || i, CASE i % 100 WHEN 0 THEN NULL ELSE printf('c%09d', i) END, ${at}, 0, 0, '', 0, 0, 1, CASE i % 100 WHEN 0 THEN 'company' END FROM n`),
    fill(
      `INSERT INTO memberships (account_id, customer_id, since) SELECT printf('a%09d', i), printf('c%09d', i), 1 FROM n`,
    ),
    fill(`INSERT INTO orders (id, source, number, account_id, root_id, customer_id, placed_at, placed_on, currency, total_minor, discount_minor,
      refunded_minor, line_count, first_product, status, status_at, delivered_at, is_cancelled, is_held, recorded_at)
      SELECT printf('o%09d', i), CASE i % 1000 WHEN 0 THEN 'web' ELSE 'till' END, 'S-' || i, printf('a%09d', i), printf('a%09d', i),
      printf('c%09d', i), ${at}, NULL, 'EUR', i * 101 % 10007, 0, 0, 1, 'Tea', CASE i % 500 WHEN 0 THEN 'shipped' ELSE 'delivered' END, 1,
      CASE i % 500 WHEN 0 THEN NULL ELSE 1 END, 0, 0, 1 FROM n`),
    fill(
      `INSERT INTO account_spend (root_id, currency, spend_minor, order_count) SELECT printf('a%09d', i), 'EUR', i * 101 % 10007, 1 FROM n`,
    ),
    fill(`INSERT INTO customer_figures (customer_id, root_id, kind, is_claimed, joined_at, spend_minor, order_count, year_spend_minor,
      last_placed_at, balance_minor, is_in_club, wants_news, has_lapsed, name_key, traits)
      SELECT *, ${traits} FROM (SELECT printf('c%09d', i) AS customer_id, printf('a%09d', i), CASE i % 100 WHEN 0 THEN 'company' ELSE 'personal' END AS kind, i % 2 AS is_claimed, ${at}, i * 101 % 10007, 1,
      i * 101 % 10007, ${at}, CASE i * 13 % 100 WHEN 1 THEN -(i % 700) - 1 ELSE i * 37 % 997 END AS balance_minor, i * 7 % 100 = 3 AS is_in_club, i * 3 % 100 <> 5 AS wants_news, i * 11 % 100 = 9 AS has_lapsed,
      'given' || (i * 31 % 9973) || ' surname' || (i * 17 % 99991) FROM n)`),
    fill(`INSERT INTO own_field_values (customer_id, field_key, value, at, actor)
      SELECT printf('c%09d', i), 'tea', CASE i % 100 WHEN 7 THEN 'Green' ELSE 'Black' END, 1, 'system:bench' FROM n WHERE i % 10 = 7`),
  ]);
}
