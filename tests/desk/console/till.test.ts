import { describe, expect, it } from 'vitest';
import { findAtTill } from '../../../functions/desk/console/till/find-at-till.ts';
import { getReceiptSlip } from '../../../functions/desk/console/till/get-receipt.ts';
import { checkSale, type RungUp, ringUp } from '../../../functions/desk/console/till/ring-up.ts';
import type { TypedSale } from '../../../functions/desk/console/till/typed-sale.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { claimSale } from '../../../functions/money/orders/waiting/claim-sale.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

/** Ann, who has 10.00 to spend, at an agent's till. */
async function openTill(rule: Record<string, unknown> = moneyBack) {
  const shop = await openShop(rule);
  const { customerId, accountId } = await shop.order({ totals: [20_000] });
  const agent = { ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'agent' } } as const;
  const typed = (more: Partial<TypedSale> = {}): TypedSale => ({
    ...{ key: newId(), customerId, email: '', accountId, amount: '50', parts: [], vouchers: [] },
    ...{ credit: 'none', creditAmount: '', shown: '' },
    ...more,
  });
  const voucher = async (amount: bigint) => {
    const { voucher: bought } = await redeem(shop.ctx, {
      ...{ customerId, accountId, kind: 'voucher', amount, currency: 'EUR', reference: null, order: null },
    });
    return String(bought?.code);
  };
  return { ...shop, customerId, agent, typed, voucher };
}

const soldOf = (rung: RungUp) => ('sold' in rung ? rung.sold : null);

async function name({ ctx }: Pick<Shop, 'ctx'>, email: string, columns: Record<string, string>) {
  for (const [column, value] of Object.entries(columns))
    await ctx.db.write([{ sql: `UPDATE customers SET ${column} = ? WHERE email = ?`, args: [value, email] }]);
}

describe('finds', () => {
  it.each([
    ['a scanned card', 'REGULARS:AAAA-2222'],
    ['a member number, typed anyhow', 'aaaa2222'],
    ['an email', ' Ann@Example.com '],
    ['a phone number, written otherwise', '+44 20 7946-0001'],
    ['a name', 'ann ash'],
    ['a part of a name', 'n ash'],
  ])('%s', async (_what, text) => {
    const till = await openTill();
    await name(till, 'ann@example.com', {
      name: 'Ann Ash',
      member_number: 'AAAA-2222',
      phone: '+44 20 7946 0001',
    });
    await till.order({ email: 'bob@example.com' });
    await name(till, 'bob@example.com', { name: 'Bob', member_number: 'BBBB-2222' });
    expect((await findAtTill(till.agent, text)).map(({ id }) => id)).toEqual([till.customerId]);
  });

  it('the whole number alone, though others begin with it', async () => {
    const till = await openTill();
    await till.order({ email: 'ann@example.com.au' });
    expect(await findAtTill(till.agent, 'ann@example.com')).toHaveLength(1);
    expect(await findAtTill(till.agent, 'ann@example')).toHaveLength(2);
  });

  it('whose voucher it is, by the whole of its code', async () => {
    const till = await openTill();
    const code = await till.voucher(300n);
    expect(await findAtTill(till.agent, code.toLowerCase())).toMatchObject([{ id: till.customerId }]);
    expect(await findAtTill(till.agent, code.slice(0, 9))).toEqual([]);
  });

  it('nobody for nothing, and nothing for an analyst', async () => {
    const till = await openTill();
    expect(await findAtTill(till.agent, '  ')).toEqual([]);
    const analyst = { ...till.agent, actor: { kind: 'staff', id: 's2', role: 'analyst' } } as const;
    await expect(findAtTill(analyst, 'ann')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('works out', () => {
  it('what is left to pay and what the purchase brings', async () => {
    const till = await openTill();
    const code = await till.voucher(400n);
    const checked = await checkSale(
      till.agent,
      till.typed({ amount: '120,00', vouchers: [code], credit: 'all' }),
    );
    expect(checked).toMatchObject({
      totalMinor: 12_000n,
      payment: { vouchers: [{ code, amountMinor: 400n }], creditMinor: 600n, toPayMinor: 11_000n },
      gain: {
        earned: { minor: 500n },
        balanceAfter: { minor: 500n },
        isPartLeftOut: false,
        next: { missing: { minor: 8000n }, pays: { minor: 500n } },
      },
    });
  });

  it('what earns nothing apart from the rest', async () => {
    const till = await openTill({ ...moneyBack, counts: { excludeCategories: ['tobacco'] } });
    const checked = await checkSale(till.agent, till.typed({ amount: '100', parts: ['', '0.01'] }));
    expect(checked.sale.lines).toEqual([
      { category: null, isGiftCard: false, totalMinor: 9999n },
      { category: 'tobacco', isGiftCard: false, totalMinor: 1n },
    ]);
    expect(checked.gain).toMatchObject({ earned: { minor: 0n }, isPartLeftOut: true });
    const gift = await checkSale(till.agent, till.typed({ amount: '100', parts: ['100'] }));
    expect(gift.gain).toMatchObject({ earned: { minor: 0n }, isPartLeftOut: true });
  });

  it.each([
    ['no amount', { amount: '' }, 'amount', 'invalid_amount'],
    ['an amount of nothing', { amount: '0.00' }, 'amount', 'invalid_amount'],
    ['words', { amount: 'ten' }, 'amount', 'invalid_amount'],
    ['three decimals', { amount: '1.005' }, 'amount', 'invalid_amount'],
    ['parts beyond the whole', { amount: '1', parts: ['1.01'] }, 'amount', 'parts_exceed'],
    ['an unreadable part', { parts: ['much'] }, 'part-0', 'invalid_amount'],
    ['credit beyond the balance', { credit: 'part', creditAmount: '10.01' }, 'creditAmount', 'insufficient'],
    [
      'credit beyond the price',
      { amount: '1', credit: 'part', creditAmount: '1.01' },
      'creditAmount',
      'too_big',
    ],
    ['a voucher that is not there', { vouchers: ['AAAA-BBBB-CCCC'] }, 'vouchers', 'gone'],
  ] as const)('refuses %s', async (_what, more, path, code) => {
    const till = await openTill();
    await expect(checkSale(till.agent, till.typed(more))).rejects.toMatchObject({ errors: [{ path, code }] });
  });

  it('refuses a voucher that is not needed', async () => {
    const till = await openTill();
    const vouchers = [await till.voucher(300n), await till.voucher(200n)];
    await expect(checkSale(till.agent, till.typed({ amount: '2', vouchers }))).rejects.toMatchObject({
      errors: [{ path: 'vouchers', code: 'not_needed' }],
    });
  });
});

describe('records', () => {
  it('what was shown, and the same again after a lost answer', async () => {
    const till = await openTill();
    const code = await till.voucher(400n);
    const typed = till.typed({ vouchers: [code], credit: 'all' });
    const { shown } = await checkSale(till.agent, typed);
    const first = soldOf(await ringUp(till.agent, { ...typed, shown }));
    expect(first).toMatchObject({ creditMinor: 600n, vouchers: [{ code }] });
    expect(soldOf(await ringUp(till.agent, { ...typed, shown }))).toEqual(first);
  });

  it('once under a double press, though the voucher is gone by then', async () => {
    const till = await openTill();
    const typed = till.typed({ vouchers: [await till.voucher(400n)], credit: 'all' });
    const { shown } = await checkSale(till.agent, typed);
    const pressed = await Promise.all(
      Array.from({ length: 5 }, () => ringUp(till.agent, { ...typed, shown })),
    );
    expect(new Set(pressed.map((rung) => soldOf(rung)?.order.id)).size).toBe(1);
  });

  it('nothing that was not shown: what changed since is shown first', async () => {
    const till = await openTill();
    const typed = till.typed({ credit: 'all' });
    const { shown } = await checkSale(till.agent, typed);
    await sellElsewhere(till, '3');
    const rung = await ringUp(till.agent, { ...typed, shown });
    expect(rung).toMatchObject({ checked: { payment: { creditMinor: 700n } } });
    const again = 'checked' in rung ? rung.checked.shown : '';
    expect(soldOf(await ringUp(till.agent, { ...typed, shown: again }))).toMatchObject({ creditMinor: 700n });
  });

  it('nothing else under a form that was used', async () => {
    const till = await openTill();
    const typed = till.typed();
    const { shown } = await checkSale(till.agent, typed);
    await ringUp(till.agent, { ...typed, shown });
    const other = { ...typed, amount: '60' };
    await expect(checkSale(till.agent, other)).rejects.toMatchObject({ code: 'order_contradicts' });
    const { shown: otherShown } = await checkSale(till.agent, { ...other, key: newId() });
    for (const next of [otherShown, '', '[]', 'no'])
      await expect(ringUp(till.agent, { ...other, shown: next })).rejects.toMatchObject({
        code: 'order_contradicts',
      });
  });
});

async function sellElsewhere(till: Awaited<ReturnType<typeof openTill>>, amount: string) {
  const typed = till.typed({ amount, credit: 'part', creditAmount: amount });
  const { shown } = await checkSale(till.agent, typed);
  await ringUp(till.agent, { ...typed, shown });
}

describe('a receipt', () => {
  it('leads to where its code is entered, until that was done', async () => {
    const till = await openTill();
    const typed = till.typed({ customerId: '', accountId: '' });
    const { shown, gain } = await checkSale(till.agent, typed);
    expect(gain).toBeNull();
    const code = String(soldOf(await ringUp(till.agent, { ...typed, shown }))?.order.receiptCode);
    const slip = await getReceiptSlip(till.agent, { code: code.toLowerCase(), path: '/account/orders' });
    expect(slip).toMatchObject({ code, amount: { minor: 5000n, currency: 'EUR' } });
    expect(slip.address).toMatch(/\/account\/orders$/);
    await claimSale(till.as(till.customerId), { code });
    await expect(getReceiptSlip(till.agent, { code, path: '/account/orders' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
