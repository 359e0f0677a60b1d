import { describe, expect, test } from 'vitest';
import { exportEverything } from '../../../functions/desk/archive/export-everything.ts';
import { exportTable } from '../../../functions/desk/archive/export-table.ts';
import { importEverything } from '../../../functions/desk/archive/import-everything.ts';
import { downloadCustomers } from '../../../functions/desk/console/customers/download-customers.ts';
import { downloadOrders } from '../../../functions/desk/console/orders/download-orders.ts';
import { downloadPayouts } from '../../../functions/desk/console/payouts/download-payouts.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import { revokeKey } from '../../../functions/ground/keys/revoke-key.ts';
import { allowProven } from '../../../functions/ground/platform/allow.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { setSetting } from '../../../functions/money/business/settings.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { markPaid } from '../../../functions/money/redemptions/payouts/mark-paid.ts';
import { returnPayout } from '../../../functions/money/redemptions/payouts/return-payout.ts';
import { undoPayment } from '../../../functions/money/redemptions/payouts/undo-payment.ts';
import { beginPasskey } from '../../../functions/people/sign-in/passkeys/begin-passkey.ts';
import { removePasskey } from '../../../functions/people/sign-in/passkeys/remove-passkey.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { endStaffSessions } from '../../../functions/people/staff/end-staff-sessions.ts';
import { beginFactor } from '../../../functions/people/staff/factor/begin-factor.ts';
import { resetFactor } from '../../../functions/people/staff/factor/reset-factor.ts';
import { setUpFactor } from '../../../functions/people/staff/factor/set-up-factor.ts';
import { setRole } from '../../../functions/people/staff/set-role.ts';
import { downloadFeedback } from '../../../functions/reach/exports/feedback/download.ts';
import { customersAsked } from '../../../src/words/customers-asked.ts';
import { ordersAsked } from '../../../src/words/orders-asked.ts';
import { pieces } from '../../desk/archive/archive-file.ts';
import { createTestContext } from '../../support/test-context.ts';

const minute = 60_000;
const needed = { code: 'proof_needed' };
const email = 'agent@x.example';

/** What asks for a second factor that was proven lately. */
const acts: Record<string, (ctx: Context) => Promise<unknown>> = {
  'adding to the team': (ctx) => addStaff(ctx, { email: 'new@x.example', role: 'agent' }),
  'setting a role': (ctx) => setRole(ctx, { email, role: 'manager' }),
  'shutting out': (ctx) => disableStaff(ctx, { email }),
  'signing a member out': (ctx) => endStaffSessions(ctx, { email }),
  'resetting a second factor': (ctx) => resetFactor(ctx, { email }),
  'making a key': (ctx) => addKey(ctx, { name: 'till', scopes: ['orders:read'] }),
  'ending a key': (ctx) => revokeKey(ctx, { id: 'none' }),
  'a limit of credit': (ctx) => setPolicy(ctx, 'creditAgentDay', '60.00'),
  'whether recommending is rewarded': (ctx) => setPolicy(ctx, 'referral', 'on'),
  'what a recommended order is worth': (ctx) => setPolicy(ctx, 'referralMinimum', '0.01'),
  'how many are recommended': (ctx) => setPolicy(ctx, 'referralMaxPerMonth', '9999'),
  'the spend of the club': (ctx) => setPolicy(ctx, 'clubSpend', '1.00'),
  'who may join': (ctx) => setPolicy(ctx, 'registration', 'approval'),
  'whether staff need a factor': (ctx) => setPolicy(ctx, 'staffFactor', 'optional'),
  'the currency': (ctx) => setSetting(ctx, 'currency', 'EUR'),
  'the programme': (ctx) => setProgramme(ctx, {}),
  'marking as paid': (ctx) => markPaid(ctx, { ids: ['none'], reference: null }),
  'undoing a payment': (ctx) => undoPayment(ctx, { id: 'none', steps: 0 }),
  'returning a payout': (ctx) => returnPayout(ctx, { id: 'none', steps: 0, reason: 'wrong' }),
  merging: (ctx) => mergeCustomers(ctx, { survivor: 'a', merged: 'b', key: newId(), reason: null }),
  'undoing a merge': (ctx) => undoMerge(ctx, { id: 'none' }),
  'the list of customers as a file': (ctx) =>
    downloadCustomers(ctx, customersAsked(new URLSearchParams()), []),
  'the list of orders as a file': (ctx) => downloadOrders(ctx, ordersAsked(new URLSearchParams())),
  'payouts as a file': (ctx) => downloadPayouts(ctx, 'to_pay'),
  'setting up an app': async (ctx) => {
    const { sealed } = await beginFactor(ctx, { id: 'o1', email });
    return setUpFactor(ctx, { entrant: { id: 'o1', role: 'owner', sessionToken: '' }, sealed, code: '' });
  },
  'feedback with names': (ctx) => downloadFeedback(ctx, { format: 'csv', personal: 'yes' }),
  'everything as one archive': (ctx) => exportEverything(ctx, { format: 'csv' }),
  'a table as a file': (ctx) => exportTable(ctx, { name: 'consents', format: 'csv' }),
  'bringing everything in': (ctx) => importEverything(ctx, pieces(Buffer.from('no archive'))),
  'adding a passkey': (ctx) =>
    beginPasskey(ctx, { browserToken: 'x'.repeat(20), clientAddress: '192.0.2.1' }),
  'removing a passkey': (ctx) => removePasskey(ctx, { id: 'none' }),
};

describe('needs a second factor that was proven within ten minutes', () => {
  test.each(Object.entries(acts))('%s', async (_name, act) => {
    const { owner } = await open();
    await expect(act(owner(10 * minute))).rejects.toMatchObject(needed);
    for (const proven of [owner(10 * minute - 1), owner(undefined)])
      expect(await codeOf(act(proven))).not.toBe('proof_needed');
  });
});

test('what is not dangerous asks for nothing', async () => {
  const { owner } = await open();
  await setPolicy(owner(60 * minute), 'surveyRestDays', '30');
  await downloadFeedback(owner(60 * minute), { format: 'csv', personal: 'no' });
});

test('an analyst, whose files name nobody, is not asked for them', async () => {
  const { ctx } = await open();
  const analyst: Context = { ...ctx, actor: { kind: 'staff', id: 'a1', role: 'analyst', provenAt: 0 } };
  await downloadOrders(analyst, ordersAsked(new URLSearchParams()));
  await downloadPayouts(analyst, 'to_pay');
});

test('keys, commands, customers and strangers act in no session of staff and are not asked', async () => {
  const { ctx } = await open();
  for (const actor of [
    { kind: 'key', id: 'k1', scopes: [] },
    { kind: 'system', name: 'cli' },
    { kind: 'customer', id: 'c1' },
    { kind: 'anonymous' },
  ] as const)
    expect(() => allowProven({ ...ctx, actor })).not.toThrow();
});

async function open() {
  const ctx = await createTestContext();
  await addStaff(ctx, { email, role: 'agent' });
  /** An owner who proved their factor that long ago; never, where a business asks for none. */
  const owner = (ago_ms: number | undefined): Context => {
    const provenAt = ago_ms === undefined ? {} : { provenAt: ctx.now() - ago_ms };
    return { ...ctx, actor: { kind: 'staff', id: 'o1', role: 'owner', ...provenAt } };
  };
  return { ctx, owner };
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}
