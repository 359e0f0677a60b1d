import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { getLogger } from '@logtape/logtape';
import { z } from 'zod';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { statement } from '../../db/query.ts';
import type { Store } from '../../db/store.ts';
import { addKey } from '../../functions/ground/keys/add-key.ts';
import { createAccountQueue } from '../../functions/ground/platform/account-queue.ts';
import { createCaches } from '../../functions/ground/platform/caches.ts';
import { readConfig } from '../../functions/ground/platform/config.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { hashOf, newToken } from '../../functions/ground/platform/ids.ts';
import { type AccountUnit, commitAccounts } from '../../functions/money/accounts/commit-accounts.ts';
import { getBusiness } from '../../functions/money/business/business.ts';
import type { OrderContext } from '../../functions/money/orders/load-order-context.ts';
import { planDrafts } from '../../functions/money/orders/plan-drafts.ts';
import { draftOf } from '../../functions/money/orders/record-order.ts';
import { setProgramme } from '../../functions/money/programme/set-programme.ts';
import { house } from '../../functions/rooms.ts';
import { portal } from '../../src/portal.config.ts';
import { bringOnward, remove } from './kept.ts';
import { createRandom, emailOf, linesOf, nameOf, ORDERS_PER_CUSTOMER, programme, source } from './shop.ts';

/** A database full of consistent orders, and what is needed to ask for them. */
export interface Seeded {
  path: string;
  orders: number;
  customers: number;
  /** An API key that may do everything. */
  key: string;
  /** Signed-in browsers and their customers' ids. */
  sessions: { token: string; customerId: string }[];
}

const SIGNED_IN = 200;
const CUSTOMERS_PER_STEP = 8;
const THREE_YEARS_MS = 3 * 365 * 86_400_000;

/**
 * Made once per number of orders, by the same plans as an import, without waiting for the disk; made again when a table
 * that it fills changes.
 */
export async function seed(orders: number, folder: string): Promise<Seeded> {
  const path = `${folder}/seed-${orders}.db`;
  if (existsSync(`${path}.json`) && (await bringOnward(path)))
    return { ...sidecar.parse(JSON.parse(readFileSync(`${path}.json`, 'utf8'))), path };
  mkdirSync(folder, { recursive: true });
  const building = `${path}.building`;
  remove(building);
  const customers = Math.ceil(orders / ORDERS_PER_CUSTOMER);
  const { key, sessions } = await fill(building, customers);
  remove(path);
  renameSync(building, path);
  remove(building);
  const seeded: Seeded = { path, orders, customers, key, sessions };
  writeFileSync(`${path}.json`, JSON.stringify(seeded));
  return seeded;
}

const sidecar = z.object({
  path: z.string(),
  orders: z.number(),
  customers: z.number(),
  key: z.string(),
  sessions: z.array(z.object({ token: z.string(), customerId: z.string() })),
});

async function fill(path: string, customers: number): Promise<Shop> {
  const db = openEmbedded(path);
  const ctx = contextOn(db);
  await migrate(db, Date.now());
  await db.script('PRAGMA synchronous = OFF');
  const shop = await fillShop(ctx, customers);
  await db.script('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  return shop;
}

type Shop = Pick<Seeded, 'key' | 'sessions'>;

/** Programme, key, customers with their orders, and sessions, in a migrated database. */
export async function fillShop(ctx: Context, customers: number): Promise<Shop> {
  await setProgramme(ctx, programme);
  const { key } = await addKey(ctx, {
    name: 'bench',
    scopes: ['orders:read', 'orders:write', 'customers:read', 'customers:write'],
  });
  await recordAll(ctx, customers);
  return { key, sessions: await signIn(ctx) };
}

/** What an operation needs, on a database of the benchmark. */
export function contextOn(db: Store): Context {
  return {
    config: readConfig({ DEMO: 'off' }, 'a-secret-of-the-bench-32-characters-long'),
    log: getLogger(['regulars', 'bench']),
    now: Date.now,
    house,
    defaults: portal,
    queue: createAccountQueue(),
    cache: createCaches(),
    files: null,
    largeFiles: null,
    db,
    actor: { kind: 'system', name: 'bench' },
    wakeMail: () => undefined,
  };
}

async function recordAll(ctx: Context, customers: number): Promise<void> {
  const business = await getBusiness(ctx);
  const random = createRandom(1);
  const now = ctx.now();
  const terms = { business, now, actor: 'system:bench' };
  for (let first = 0; first < customers; first += CUSTOMERS_PER_STEP) {
    const step = Array.from(
      { length: Math.min(CUSTOMERS_PER_STEP, customers - first) },
      (_, at) => first + at,
    );
    const units = step.map((customer): AccountUnit => {
      const known = { ...unknown, business };
      const plan = planDrafts(draftsOf(customer, random, now), known, { now, importId: null });
      return { draft: plan.account, first: plan.statements, hasDueLots: false };
    });
    for (const { outcome } of await commitAccounts(ctx, units, terms)) if (!outcome.ok) throw outcome.error;
  }
}

const unknown: Omit<OrderContext, 'business'> = {
  customers: new Map(),
  accounts: new Map(),
  sharedByName: new Map(),
  departments: new Map(),
  members: new Set(),
  orders: new Map(),
  waiting: new Map(),
  voucherPaid: new Map(),
  totals: new Map(),
  counted: new Map(),
  dueLots: new Set(),
  later: [],
};

function draftsOf(customer: number, random: (below: number) => number, now: number) {
  const times = Array.from({ length: ORDERS_PER_CUSTOMER }, () => now - 3_600_000 - random(THREE_YEARS_MS));
  return times
    .sort((left, right) => left - right)
    .map((placedAt, index) =>
      draftOf({
        source,
        number: `S-${customer}-${index}`,
        placedAt,
        currency: programme.currency,
        status: 'delivered',
        customer: { email: emailOf(customer), name: nameOf(customer) },
        account: null,
        department: null,
        lines: linesOf(random).map(({ amount, ...line }) => ({
          ...line,
          giftCard: false,
          quantityMilli: 1000,
          total: BigInt(amount),
          discount: 0n,
        })),
        shipping: null,
        tax: null,
        taxIncluded: null,
        promisedBy: null,
      }),
    );
}

/** Everybody has proven their email, so that every order is told by mail; some are signed in. */
async function signIn(ctx: Context): Promise<Seeded['sessions']> {
  const now = ctx.now();
  await ctx.db.write([statement('UPDATE customers SET claimed_at = created_at')]);
  const rows = await ctx.db.read(statement('SELECT id FROM customers ORDER BY id LIMIT ?', SIGNED_IN));
  const sessions = rows.map(([id]) => ({ token: newToken(), customerId: String(id) }));
  await ctx.db.write(
    sessions.map(({ token, customerId }) =>
      statement(
        `INSERT INTO sessions (token_hash, kind, subject_id, created_at, last_seen_at, expires_at, browser)
         VALUES (?, 'customer', ?, ?, ?, ?, 'bench')`,
        hashOf(token),
        customerId,
        now,
        // Far ahead, so that no page has to write down that the session is in use.
        now + 90 * 86_400_000,
        now + 180 * 86_400_000,
      ),
    ),
  );
  return sessions;
}
