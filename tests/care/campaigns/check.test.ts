import { afterEach, expect, test } from 'vitest';
import { checkCampaign } from '../../../functions/care/campaigns/check-campaign.ts';
import { createCampaign } from '../../../functions/care/campaigns/edit-campaign.ts';
import { listSample } from '../../../functions/care/campaigns/preview-campaign.ts';
import { scheduleCampaign } from '../../../functions/care/campaigns/schedule-campaign.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { aCampaign, aText, type CampaignHouse, openCampaignHouse, setSegmentOf } from './house.ts';

let house: CampaignHouse;
const open = async () => {
  house = await openCampaignHouse();
  return house;
};
afterEach(() => house.close());

const idOf = ({ actor }: Context) => ('id' in actor ? actor.id : '');

/** So many customers more, each with an account of their own. */
async function addMany({ db }: Context, many: number): Promise<void> {
  const all = `WITH RECURSIVE n (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < ${many})`;
  const write = (sql: string) => db.write([{ sql, args: [] }]);
  await write(`INSERT INTO customers (id, email, created_at, closed_at)
    ${all} SELECT printf('%032x', at), 'm' || at || '@example.com', 1, NULL FROM n`);
  await write(`INSERT INTO accounts (id, root_id, kind, name, owner_id, history_seq, ledger_seq, ledger_hash, balance_minor,
      settled_revision, created_at)
    ${all} SELECT printf('a%031x', at), printf('a%031x', at), 'personal', '', printf('%032x', at), 0, 0, '', 0, 0, 1 FROM n`);
  await write(`INSERT INTO memberships (account_id, customer_id, since)
    ${all} SELECT printf('a%031x', at), printf('%032x', at), 1 FROM n`);
}

test('of more customers than are looked at, the check estimates all, whoever came first', async () => {
  const { ctx, people } = await open();
  await addMany(ctx, 12_000);
  await people(['ann', 'bob']);
  const service = await createCampaign(ctx, aCampaign({ kind: 'service', controlPercent: 20 }));
  const all = await checkCampaign(ctx, { id: service.id });
  expect(all).toMatchObject({ people: 12_002, isSampled: true, tooFewHeld: false });
  expect(all.looked).toBeLessThanOrEqual(5000);
  expect(all.toldAccounts).toBeGreaterThan(9000);
  expect(all.toldAccounts).toBeLessThan(10_200);
  expect(all.told).toBe(all.toldAccounts);
  const news = await createCampaign(ctx, aCampaign());
  const few = await checkCampaign(ctx, { id: news.id });
  expect(few.people).toBeLessThan(20);
  expect(few.people + (few.skipped[0]?.people ?? 0)).toBe(12_002);
});

test('of a sample, people who share an account are one account', async () => {
  const { ctx, people } = await open();
  await addMany(ctx, 12_000);
  const write = (sql: string) => ctx.db.write([{ sql, args: [] }]);
  // Of 12,002 people 9,000 live in 3,000 households of three.
  await write(`INSERT INTO accounts (id, root_id, kind, form, name, history_seq, ledger_seq, ledger_hash, balance_minor,
      settled_revision, created_at)
    WITH RECURSIVE n (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < 3000)
    SELECT printf('h%031x', at), printf('h%031x', at), 'shared', 'household', 'Home ' || at, 0, 0, '', 0, 0, 1 FROM n`);
  await write(`INSERT INTO memberships (account_id, customer_id, role, since)
    WITH RECURSIVE n (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < 9000)
    SELECT printf('h%031x', 1 + at % 3000), printf('%032x', at), 'member', 1 FROM n`);
  await people(['ann', 'bob']);
  const service = await createCampaign(ctx, aCampaign({ kind: 'service', controlPercent: 0 }));
  const check = await checkCampaign(ctx, { id: service.id });
  expect(check).toMatchObject({ people: 12_002, told: 12_002, isSampled: true });
  expect(Math.abs(check.toldAccounts - 6002)).toBeLessThan(60);
});

test('a small segment among many is counted to the last, and its sample is of those who would be told', async () => {
  const { ctx, shop, people } = await open();
  await addMany(ctx, 6000);
  await people(['ann', 'bob', 'cy']);
  await people(['di'], { agree: false });
  for (const name of ['bob', 'cy', 'di'])
    await shop.order({ email: `${name}@example.com`, totals: [90_000] });
  await setSegmentOf(ctx, 'big', 50_000);
  const { id } = await createCampaign(ctx, aCampaign({ segmentId: 'big', controlPercent: 0 }));
  const check = await checkCampaign(ctx, { id });
  expect(check).toMatchObject({
    ...{ people: 2, toldAccounts: 2, isSampled: false, skipped: [{ reason: 'declined', people: 1 }] },
  });
  const sample = await listSample(ctx, { customerIds: check.sample });
  expect(sample.map(({ email }) => email).toSorted()).toEqual(['bob@example.com', 'cy@example.com']);
});

test('with fewer than ten accounts to hold back, the check says so', async () => {
  const { ctx, people } = await open();
  await people(['ann', 'bob']);
  const { id } = await createCampaign(ctx, aCampaign({ controlPercent: 50 }));
  expect((await checkCampaign(ctx, { id })).tooFewHeld).toBe(true);
});

test.each([
  { name: 'eleven minutes ago', minutes: -11, code: 'not_ahead' },
  { name: 'ten minutes ago', minutes: -10, code: null },
  { name: 'now', minutes: 0, code: null },
  { name: 'in 366 days', minutes: 366 * 24 * 60, code: null },
  { name: 'a minute later than that', minutes: 366 * 24 * 60 + 1, code: 'too_far' },
])('a time $name is refused as $code', async ({ minutes, code }) => {
  const { ctx, shop } = await open();
  const { id, actSeq: seq } = await createCampaign(ctx, aCampaign());
  const scheduled = scheduleCampaign(ctx, { id, seq, at: shop.clock.now() + minutes * 60_000 });
  if (code === null) expect((await scheduled).state).toBe('scheduled');
  else await expect(scheduled).rejects.toMatchObject({ errors: [{ path: 'at', code }] });
});

test('what gives money asks for the second factor, and what gives none does not', async () => {
  const { ctx, shop, hire } = await open();
  const staff = await hire('manager@example.com', 'manager');
  const provenAt = shop.clock.now() - 11 * 60_000;
  const old: Context = { ...staff, actor: { kind: 'staff', id: idOf(staff), role: 'manager', provenAt } };
  const gift = await createCampaign(
    ctx,
    aCampaign({
      voucher: { amountMinor: 300n, days: 30 },
      blocks: [{ id: '00000002', kind: 'voucher', texts: {} }],
    }),
  );
  const asked = { id: gift.id, seq: gift.actSeq, at: null };
  await expect(scheduleCampaign(old, asked)).rejects.toMatchObject({ code: 'proof_needed' });
  expect((await scheduleCampaign(staff, asked)).state).toBe('scheduled');
  const plain = await createCampaign(ctx, aCampaign());
  expect((await scheduleCampaign(old, { id: plain.id, seq: plain.actSeq, at: null })).state).toBe(
    'scheduled',
  );
});

test('what is not ready says all that is missing, and where', async () => {
  const { ctx } = await open();
  const { id, actSeq: seq } = await createCampaign(
    ctx,
    aCampaign({
      subject: { en: 'Tea', uk: 'Чай' },
      blocks: [aText('Hello, {nmae}'), { id: '00000002', kind: 'button', texts: { en: 'See' }, link: '' }],
    }),
  );
  await expect(scheduleCampaign(ctx, { id, seq, at: null })).rejects.toMatchObject({
    code: 'campaign_unready',
    errors: [
      { path: 'blocks.0.texts.uk', code: 'text_missing' },
      { path: 'blocks.0.texts', code: 'unknown_name' },
      { path: 'blocks.1.texts.uk', code: 'text_missing' },
      { path: 'blocks.1.link', code: 'link_missing' },
    ],
  });
});

test('what stands on one line is one line, however it was typed', async () => {
  const { ctx } = await open();
  const { content } = await createCampaign(
    ctx,
    aCampaign({
      subject: { en: 'Spring\r\nBcc: all@example.com' },
      blocks: [{ id: '00000002', kind: 'button', texts: { en: 'See\nit' }, link: 'https://shop.example/' }],
    }),
  );
  expect(content.subject).toEqual({ en: 'Spring Bcc: all@example.com' });
  expect(content.blocks[0]).toMatchObject({ texts: { en: 'See it' } });
});
