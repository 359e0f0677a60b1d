import { expect, test } from 'vitest';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { signUp } from '../../../functions/desk/demo/sign-up.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { getFacts } from '../../../functions/insight/facts/get-facts.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { getLevels } from '../../../functions/insight/levels/get-levels.ts';
import { countSegment } from '../../../functions/insight/segments/count-segment.ts';
import { loadFields } from '../../../functions/insight/segments/load-world.ts';
import { setSegment } from '../../../functions/insight/segments/set-segment.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { defineOwnField } from '../../../functions/people/own-fields/define-own-field.ts';
import { setOwnValues } from '../../../functions/people/own-fields/set-own-values.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

const line = (sku: string, product: string, category: string, amount: number) => ({
  ...{ id: sku, sku, product, category, total: { amount, currency: 'EUR' } },
});
const green = line('GREEN', 'Green', 'Tea', 1000);
const card = (amount: number) => line('CARD', 'Card', 'Things', amount);

/**
 * 1 March 2026. Ann bought tea 40 and 4 days ago; Bob, in the club, 10 days ago, which waits to be settled; Cai signed up and
 * bought nothing; Dan bought 6 days ago at the till for ACME's Paris, and 300 days ago for its Lyon.
 */
async function openSegmentShop(): Promise<Shop & { names: Map<string, string> }> {
  const waits = { id: 'waits', settleAfterDays: 30, spend: '10.00', back: '1.00', from: '2026-02-15' };
  const shop = await openShop({ ...moneyBack, expires: { months: 12 } }, { ...moneyBack, ...waits });
  const { ctx, clock } = shop;
  const ago = (days: number) => ({ placedAt: new Date(clock.now() - days * DAY_MS).toISOString() });
  const [ann, bob, dan] = ['ann', 'bob', 'dan'].map((name) => ({ email: `${name}@example.com` }));
  await signUp(ctx, { email: 'cai@example.com', name: 'Цай', language: 'uk' });
  const first = await shop.order({ ...ann, ...ago(40), lines: [card(20_000), green] });
  await shop.order({ ...ann, ...ago(4), lines: [green, card(2000)] });
  const bobs = await shop.order({ ...bob, ...ago(10), lines: [line('CUP', 'Cup', 'Things', 1500)] });
  const acme = { ...dan, source: 'till', account: 'ACME' };
  const paris = await shop.order({ ...acme, ...ago(6), department: 'Paris', lines: [card(5000)] });
  await shop.order({ ...acme, ...ago(300), department: 'Lyon', lines: [card(5000)] });
  await setPolicy(ctx, 'club', 'on');
  await addMember(ctx, { email: 'bob@example.com', accountId: null, since: null });
  await defineOwnField(ctx, { key: 'shoe', kind: 'number', names: { en: 'Shoe' }, customers: 'nothing' });
  await setOwnValues(ctx, { customerId: first.customerId, values: { shoe: '42' } });
  await write(ctx, bobs, first);
  await workFacts(ctx);
  const buyers = { combinator: 'and', rules: [{ field: 'orders.bought', operator: '=', value: true }] };
  await setSegment(ctx, { id: 'buyers', definition: buyers });
  const rows = await ctx.db.read({
    sql: `SELECT a.root_id, c.email FROM memberships m JOIN accounts a ON a.id = m.account_id JOIN customers c ON c.id = m.customer_id`,
    args: [],
  });
  const names = new Map(rows.map(([id, email]) => [String(id), String(email).replace('@example.com', '')]));
  return { ...shop, names: names.set(paris.accountId, 'acme') };
}

type Owned = Awaited<ReturnType<Shop['order']>>;

const said = { text: { en: 'What do you say?' }, isRequired: false };
const questions = [
  { id: 'again', kind: 'nps', ...said },
  { id: 'trust', kind: 'trust', ...said },
  { id: 'wants', kind: 'topics', ...said, topics: [{ id: 'price' }, { id: 'taste' }] },
];

const survey = { title: { en: 'How' }, trigger: { kind: 'by_hand' }, questions };

/** What would take other rooms many steps: feedback with a case, an answer, a voucher, a birthday, a bounce. */
async function write({ db, now }: Context, bob: Owned, ann: Owned): Promise<void> {
  const at = now();
  const sql = [
    `INSERT INTO staff (id, email, role, created_at) VALUES ('o', 'olena@shop.example', 'agent', 0)`,
    `INSERT INTO account_managers (id, account_id, staff_id, at, actor) VALUES ('m', '${ann.accountId}', 'o', 0, 'x')`,
    `INSERT INTO feedback (id, reference, kind, customer_id, account_id, root_id, text, wants_reply, source, at, actor)
     VALUES ('f', 'F', 'problem', '${bob.customerId}', '${bob.accountId}', '${bob.accountId}', 'x', 1, 'portal', ${at - 2 * DAY_MS}, 'x')`,
    `INSERT INTO cases (feedback_id, opened_at, state, changed_at, event_seq) VALUES ('f', ${at}, 'open', ${at}, 0)`,
    `INSERT INTO contacts (id, channel, direction, is_missed, at, customer_id, account_id, root_id, wants_answer, source, entry_seq)
     VALUES ('k1', 'visit', 'in', 0, ${at - 9 * DAY_MS}, '${bob.customerId}', '${bob.accountId}', '${bob.accountId}', 0, 'console', 1),
       ('k2', 'phone', 'out', 0, ${at - 2 * DAY_MS}, '${bob.customerId}', '${bob.accountId}', '${bob.accountId}', 0, 'console', 1),
       ('k3', 'mail', 'in', 0, ${at - 5 * DAY_MS}, '${ann.customerId}', '${ann.accountId}', '${ann.accountId}', 0, 'mail', 1)`,
    `INSERT INTO contact_tasks (id, kind, what, root_id, due_on, act_seq, at, actor)
     VALUES ('t', 'next_step', 'Call', '${ann.accountId}', '2026-03-01', 1, 0, 'x')`,
    `INSERT INTO surveys (id, name, created_at, created_by) VALUES ('s', 'x', 0, 'x')`,
    `INSERT INTO survey_versions VALUES ('s', 1, '${JSON.stringify(survey)}', 0, 'x')`,
    `INSERT INTO survey_invitations (id, survey_id, version, customer_id, root_id, reason, occasion, token_hash, is_regular, is_member, at, actor)
     VALUES ('i', 's', 1, '${ann.customerId}', '${ann.accountId}', 'hand', 'import 1', 'h', 0, 0, 0, 'x')`,
    `INSERT INTO survey_answers (invitation_id, question_id, survey_id, value, at) VALUES ('i', 'again', 's', 9, 0),
       ('i', 'trust.care', 's', 6, 0), ('i', 'trust.integrity', 's', 5, 0), ('i', 'trust.competence', 's', 5, 0),
       ('i', 'wants.price.want', 's', 5, 0), ('i', 'wants.price.get', 's', 3, 0), ('i', 'wants.taste.want', 's', 4, 0)`,
    `INSERT INTO survey_finishes (invitation_id, survey_id, customer_id, root_id, language, at)
     VALUES ('i', 's', '${ann.customerId}', '${ann.accountId}', 'en', ${at})`,
    `INSERT INTO vouchers (code, account_id, entry_seq, taken, amount_minor, minimum_minor, currency, issued_at, returns_minor)
     VALUES ('V', '${bob.accountId}', 1, '[]', 5, 0, 'EUR', 0, 0)`,
    `INSERT INTO club_levels (key, from_minor, names, at, actor) VALUES ('tin', 0, '{}', 0, 'x')`,
    `INSERT INTO profile_answers VALUES ('${ann.customerId}', 'birthday', '03-05', 0)`,
    `INSERT INTO suppressions (id, address, reason, event_id, at) VALUES ('x', 'cai@example.com', 'bounced', 'e', 0)`,
    `INSERT INTO referrals (id, code, referrer_id, referrer_root_id, friend_id, friend_root_id, via, told_at, own_minor, friend_minor,
       minimum_minor, currency, waiting_days, state, step_seq, looked_seq, looked_at, recorded_at, actor)
     VALUES ('r', 'c', '${ann.customerId}', '${ann.accountId}', '${bob.customerId}', '${bob.accountId}', 'till', ${at}, 0, 0, 0, 'EUR', 0,
       'joined', 0, 0, 0, 0, 'x')`,
    `INSERT INTO account_forecasts (account_id, day, alive_permille, orders_30_milli, orders_90_milli, orders_365_milli, next_days)
     VALUES ('${ann.accountId}', '2026-02-27', 755, 100, 300, 1250, 20), ('${bob.accountId}', '2026-02-27', 754, NULL, NULL, NULL, NULL)`,
    `INSERT INTO profile_answers VALUES ('${bob.customerId}', 'interests', 'Green tea', 0)`,
    `INSERT INTO attention_sayings (id, list, root_id, department_id, said_on, left_on, reasons, value_minor, outcome) VALUES
      ('1', 'walks_away', '${ann.accountId}', '', '2026-02-01', NULL, '[]', 0, NULL),
      ('2', 'lapsed', '${bob.accountId}', '', '2026-02-01', '2026-02-20', '[]', 0, NULL),
      ('3', 'praises', '${bob.accountId}', '', '2026-02-01', NULL, '[]', 0, 'thanked'),
      ('4', 'dormant_departments', '${ann.accountId}', 'a', '2026-02-01', NULL, '[]', 0, NULL),
      ('5', 'dormant_departments', '${ann.accountId}', 'b', '2026-02-01', NULL, '[]', 0, NULL)`,
    `UPDATE customers SET name = 'Ann Lee', language = 'en' WHERE id = '${ann.customerId}'`,
    `INSERT INTO consents (id, customer_id, kind, is_given, version, source, at, actor)
     SELECT 'n', '${ann.customerId}', 'news', 1, version, 'staff', 0, 'x' FROM consent_texts LIMIT 1`,
  ];
  await db.write(sql.map((text) => ({ sql: text, args: [] })));
}

const days = (count: number) => ({ within: { days: count } });
const tea = { where: { category: 'Tea' } };

/** A field, an operator, a value, who fits, and what the rule is limited to. */
const rows: [string, string, unknown, string, Record<string, unknown>?][] = [
  ['orders.count', '=', 0, 'cai'],
  ['orders.count', '!=', 1, 'acme ann cai'],
  ['orders.count', '<', 1, 'cai'],
  ['orders.count', '<=', 1, 'bob cai'],
  ['orders.count', '>', 1, 'acme ann'],
  ['orders.count', '>=', 1, 'acme ann bob'],
  ['orders.count', 'between', [1, 2], 'acme ann bob'],
  ['orders.count', 'in', [0, 1], 'bob cai'],
  ['orders.count', 'notIn', [0, 1], 'acme ann'],
  ['orders.count', 'isNull', undefined, ''],
  ['orders.count', 'notNull', undefined, 'acme ann bob cai'],
  ['orders.count', '=', 1, 'acme ann bob', days(11)],
  ['orders.count', '=', 1, 'acme ann', days(10)],
  ['orders.count', '=', 1, 'ann', days(5)],
  ['orders.count', '=', 0, 'acme ann bob cai', days(4)],
  ['orders.count', '=', 2, 'ann', tea],
  ['orders.count', '=', 1, 'bob', { where: { sku: 'CUP' } }],
  ['orders.count', '=', 2, 'acme', { where: { source: 'till' } }],
  ['orders.count', '>=', 2, 'acme ann', { where: { source: ['till', 'web'], product: ['Green', 'Card'] } }],
  ['orders.count', '=', 1, 'ann', { ...tea, ...days(5) }],
  ['orders.spend', '>=', 10_001, 'ann'],
  ['orders.spend', '<', 1500, 'cai'],
  ['orders.spend', '=', 3000, 'ann', days(5)],
  ['orders.spend', '=', 2000, 'ann', tea],
  ['orders.mean', '=', 12_000, 'ann'],
  ['orders.mean', 'isNull', undefined, 'cai'],
  ['orders.first', '=', 40, 'ann'],
  ['orders.first', '!=', 40, 'acme bob'],
  ['orders.last', '<=', 6, 'acme ann'],
  ['orders.last', '=', 4, 'ann', tea],
  ['orders.interval', '=', 36, 'ann'],
  ['orders.interval', '>=', 36.5, 'acme'],
  ['orders.interval', 'isNull', undefined, 'bob cai'],
  ['orders.days', '=', 2, 'acme ann'],
  ['orders.bought', '=', true, 'ann', tea],
  ['orders.bought', '=', false, 'acme bob cai', tea],
  ['orders.bought', '!=', true, 'cai'],
  ['account.kind', '=', 'company', 'acme'],
  ['account.kind', 'notIn', ['company', 'household'], 'ann bob cai'],
  ['account.name', 'startsWith', 'AC', 'acme'],
  ['account.name', 'isNull', undefined, 'ann bob cai'],
  ['account.manager', '=', 'olena@shop.example', 'ann'],
  ['account.manager', 'isNull', undefined, 'acme bob cai'],
  ['account.departments', '=', 2, 'acme'],
  ['account.silentDepartments', '=', 1, 'acme', days(30)],
  ['account.silentDepartments', '=', 0, 'acme ann bob cai'],
  ['account.level', '=', 'advocate', 'ann'],
  ['account.level', '!=', 'first', 'acme ann'],
  ['account.level', 'isNull', undefined, 'cai'],
  ['account.group', '=', 'enquirer', 'cai'],
  ['account.group', 'in', ['premium'], 'bob'],
  ['club.member', '=', true, 'bob'],
  ['club.member', '=', false, 'acme ann cai'],
  ['club.level', '=', 1, 'bob'],
  ['rewards.available', '=', 1000, 'ann'],
  ['rewards.available', '>', 0, 'acme ann'],
  ['rewards.pending', '=', 100, 'bob'],
  ['rewards.lapsing', '>', 0, 'acme ann'],
  ['rewards.lapsing', '>', 0, 'acme', days(92)],
  ['rewards.missing', '=', 500, 'bob'],
  ['rewards.missing', 'between', [500, 1000], 'acme ann bob cai'],
  ['vouchers.open', '=', 1, 'bob'],
  ['feedback.count', '=', 1, 'bob'],
  ['feedback.count', '=', 0, 'acme ann bob cai', days(2)],
  ['feedback.openCases', '>', 0, 'bob'],
  ['contacts.last', '=', 2, 'bob'],
  ['contacts.last', '>=', 5, 'ann'],
  ['contacts.last', 'isNull', undefined, 'acme cai'],
  ['contacts.lastChannel', '=', 'phone', 'bob'],
  ['contacts.lastDirection', '=', 'in', 'ann'],
  ['contacts.count', '=', 2, 'bob'],
  ['contacts.count', '=', 1, 'bob', days(4)],
  ['contacts.openSteps', '>', 0, 'ann'],
  ['score.last', '=', 9, 'ann'],
  ['score.last', 'isNull', undefined, 'acme bob cai'],
  ['opinions.trust', '=', 5.33, 'ann'],
  ['opinions.trust', '<', 5.33, ''],
  ['opinions.trust', 'isNull', undefined, 'acme bob cai'],
  ['opinions.commitment', 'notNull', undefined, ''],
  ['opinions.gap', '>=', 2, 'ann'],
  ['opinions.gap', '>', 2, ''],
  ['surveys.answered', '=', 1, 'ann'],
  ['referrals.count', '=', 1, 'ann'],
  ['referrals.rewarded', '=', 1, ''],
  ['consent.news', '=', true, 'ann'],
  ['consent.news', '=', false, 'acme bob cai'],
  ['consent.terms', '=', true, 'cai'],
  ['consent.terms', '!=', true, 'acme ann bob'],
  ['customer.interests', 'contains', 'tea', 'bob'],
  ['customer.interests', 'isNull', undefined, 'acme ann cai'],
  ['list.walksAway', '=', true, 'ann'],
  ['list.walksAway', '=', false, 'acme bob cai'],
  ['list.lapsed', '=', true, ''],
  ['list.praises', '!=', true, 'acme ann bob cai'],
  ['list.reordersSoon', '=', true, ''],
  ['list.shifts', 'notNull', undefined, 'acme ann bob cai'],
  ['list.dormantDepartments', '=', true, 'ann'],
  ['customer.name', 'contains', 'Lee', 'ann'],
  ['customer.name', 'isNull', undefined, 'acme bob'],
  ['customer.email', 'startsWith', 'dan@', 'acme'],
  ['customer.language', '=', 'uk', 'cai'],
  ['customer.language', '!=', 'uk', 'ann'],
  ['customer.claimed', '=', true, 'cai'],
  ['customer.joined', '=', 40, 'ann'],
  ['customer.birthday', 'between', [0, 6], 'ann'],
  ['mail.blocked', '=', true, 'cai'],
  ['own.shoe', '>', 41.5, 'ann'],
  ['own.shoe', 'in', [42, 43], 'ann'],
  ['own.shoe', 'isNull', undefined, 'acme bob cai'],
  ['forecast.alive', '>=', 75.5, 'ann'],
  ['forecast.alive', '<', 75.5, 'bob'],
  ['forecast.orders', 'between', [1, 1.25], 'ann'],
  ['forecast.orders90', 'isNull', undefined, 'acme bob cai'],
  ['forecast.orders30', '=', 0.1, 'ann'],
  ['forecast.next', '=', 18, 'ann'],
  ['segment', '=', 'buyers', 'acme ann bob'],
  ['segment', '!=', 'buyers', 'cai'],
  ['segment', 'in', ['buyers'], 'acme ann bob'],
  ['segment', 'notIn', ['buyers'], 'cai'],
];

test('each field holds whom it should, by each operator', async () => {
  const { ctx, names } = await openSegmentShop();
  const whoFits = async (rule: Record<string, unknown>, at: number | null = null) => {
    const definition = { combinator: 'and', rules: [rule] };
    const { accounts, examples } = await countSegment(ctx, { definition, at, examples: 20 });
    expect(accounts).toBe(examples.length);
    return examples.map((id) => names.get(id) ?? id).sort();
  };
  const found = [];
  for (const [field, operator, value, , limits = {}] of rows) {
    const rule = { field, operator, ...(value === undefined ? {} : { value }), ...limits };
    found.push([field, operator, value, (await whoFits(rule)).join(' '), limits]);
  }
  expect(found).toEqual(
    rows.map(([field, operator, value, who, limits = {}]) => [field, operator, value, who, limits]),
  );
  const fields = [...(await loadFields(ctx)).keys(), 'segment'];
  expect(fields.filter((name) => !rows.some(([field]) => field === name))).toEqual([]);

  const twice = { field: 'orders.count', operator: '=', value: 2 };
  const second = ctx.now() - 4 * DAY_MS;
  expect(await whoFits(twice, second)).toEqual(['acme', 'ann']);
  expect(await whoFits(twice, second - 1)).toEqual(['acme']);
  expect(await whoFits({ ...twice, value: 1, ...days(7) }, second - 1)).toEqual(['acme', 'bob']);
});

test('what is yet to come counts for nothing, asked as of now or without a moment', async () => {
  const shop = await openShop(moneyBack);
  const { ctx, clock } = shop;
  const placedAt = (days: number) => new Date(clock.now() + days * DAY_MS).toISOString();
  await shop.order({ placedAt: placedAt(-28), totals: [1000] });
  for (const days of [9, 19, 29]) await shop.order({ placedAt: placedAt(days), totals: [1000] });
  const bobs = await shop.order({ email: 'bob@example.com', placedAt: placedAt(9) });
  await workFacts(ctx);
  const rules = [
    ['orders.count', '=', 1, 1],
    ['orders.days', '=', 1, 1],
    ['orders.last', '=', 28, 1],
    ['orders.first', '=', 28, 1],
    ['orders.interval', 'isNull', null, 2],
    ['orders.spend', '=', 1000, 1],
    ['orders.mean', '=', 1000, 1],
    ['orders.bought', '=', true, 1],
    ['account.level', '=', 'first', 1],
    ['account.level', 'isNull', null, 1],
    ['account.group', '=', 'buyer', 1],
    ['account.group', '=', 'enquirer', 1],
  ] as const;
  for (const at of [null, ctx.now()])
    for (const [field, operator, value, who] of rules)
      expect([at, field, await countRule(ctx, [field, operator, value], at)]).toEqual([at, field, who]);
  const bob = await getFacts(ctx, { accountId: bobs.accountId });
  expect([bob?.level, bob?.group.group]).toEqual([null, 'enquirer']);
  expect((await getLevels(ctx)).groups).toMatchObject({ buyer: 1, enquirer: 1, premium: 0 });
});

test('an order of later today counts with its day, and for nothing as of a moment before it', async () => {
  const shop = await openShop(moneyBack);
  const { ctx, clock } = shop;
  const inAnHour = clock.now() + 3_600_000;
  await shop.order({ placedAt: new Date(inAnHour).toISOString(), totals: [1000] });
  await workFacts(ctx);
  const rules = [
    ['orders.count', '=', 1],
    ['orders.spend', '=', 1000],
    ['orders.last', '=', 0],
    ['account.level', '=', 'first'],
    ['account.group', '=', 'buyer'],
  ] as const;
  for (const [field, operator, value] of rules) {
    const rule = [field, operator, value] as const;
    const found = [];
    for (const at of [null, clock.now(), inAnHour]) found.push(await countRule(ctx, rule, at));
    expect([field, found]).toEqual([field, [1, 0, 1]]);
  }
});

/** How many accounts fit one rule. */
async function countRule(
  ctx: Context,
  [field, operator, value]: readonly [string, string, unknown],
  at: number | null,
): Promise<number> {
  const rule = { field, operator, ...(value === null ? {} : { value }) };
  return (await countSegment(ctx, { definition: { combinator: 'and', rules: [rule] }, at })).accounts;
}

test('praise of later is nothing to a moment before', async () => {
  const shop = await openShop(moneyBack);
  const { ctx, clock } = shop;
  const year = new Date(clock.now() - 300 * DAY_MS).toISOString();
  const { accountId } = await shop.order({ placedAt: year });
  await shop.order({ placedAt: year });
  await workFacts(ctx);
  await ctx.db.write([
    {
      sql: 'UPDATE account_facts SET quoted_at = ? WHERE account_id = ?',
      args: [clock.now() - DAY_MS, accountId],
    },
  ]);
  const levelAt = async (level: string, at: number | null) => {
    const rules = [{ field: 'account.level', operator: '=', value: level }];
    return (await countSegment(ctx, { definition: { combinator: 'and', rules }, at })).accounts;
  };
  expect(await levelAt('advocate', null)).toBe(1);
  expect(await levelAt('advocate', clock.now() - 100 * DAY_MS)).toBe(0);
  expect(await levelAt('repeat', clock.now() - 100 * DAY_MS)).toBe(1);
});

test('praise of before holds at a moment before praise of later', async () => {
  const { ctx, order, clock } = await openShop(moneyBack);
  const ago = (days: number) => new Date(clock.now() - days * DAY_MS).toISOString();
  const { accountId } = await order({ placedAt: ago(390) });
  for (const [id, days] of [
    ['before', 380],
    ['later', 5],
  ] as const) {
    const at = clock.now() - days * DAY_MS;
    await ctx.db.write([
      {
        sql: `INSERT INTO testimonials (id, root_id, customer_id, text, name_form, shown_name, consent, language, source, key, at)
          SELECT ?1, id, owner_id, 'Good.', 'none', '', 'Yes.', 'en', 'portal', ?1, ?2 FROM accounts WHERE id = ?3`,
        args: [id, at, accountId],
      },
      {
        sql: `INSERT INTO testimonial_decisions (testimonial_id, seq, decision, at, actor) VALUES (?, 1, 'approve', ?, 'system')`,
        args: [id, at],
      },
    ]);
  }
  await workFacts(ctx);
  const advocatesAt = async (days: number) => {
    const rules = [{ field: 'account.level', operator: '=', value: 'advocate' }];
    const at = clock.now() - days * DAY_MS;
    return (await countSegment(ctx, { definition: { combinator: 'and', rules }, at })).accounts;
  };
  expect([await advocatesAt(385), await advocatesAt(370), await advocatesAt(10)]).toEqual([0, 1, 0]);
  expect(await advocatesAt(0)).toBe(1);
});
