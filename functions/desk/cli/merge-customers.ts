import type { Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { findStandingMerge } from '../merging/find-merge.ts';
import { mergeCustomers as merge, previewMerge } from '../merging/merge-customers.ts';
import type { MergePreview } from '../merging/preview.ts';
import { undoMerge } from '../merging/undo-merge.ts';
import { type Call, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { moneyText, timeText } from './text.ts';

export const mergeCustomers: Command = {
  arguments: ['SURVIVOR', 'OTHER'],
  options: {
    'dry-run': { summary: 'Show what would change, write nothing' },
    undo: { summary: 'Make the two customers two again; for 30 days' },
    reason: { summary: 'Reason, for colleagues', value: 'TEXT' },
  },
  about:
    'Both are emails or ids. Everything of OTHER becomes the survivor’s, as if it had always been: orders, balance,\n' +
    'vouchers, memberships. The email of OTHER goes on leading to the survivor.',
  examples: [
    'customers merge ann@example.com ann.old@example.com --dry-run',
    'customers merge ann@example.com ann.old@example.com --undo',
  ],
  run: async (call) => {
    if (call.isOn('undo') && call.isOn('dry-run'))
      throw new UsageError('--undo and --dry-run cannot be given together.');
    return withContext(call.defaults, (ctx) => run(ctx, call), { house: await call.loadHouse() });
  },
};

async function run(ctx: Context, call: Call): Promise<number> {
  const named = { survivor: call.argument(0), merged: call.argument(1) };
  if (call.isOn('undo')) {
    const undone = await undoMerge(ctx, await findStandingMerge(ctx, named));
    await call.io.answer(undone, ['The merge was undone: they are two customers again.']);
    return 0;
  }
  const preview = await previewMerge(ctx, named);
  if (call.isOn('dry-run')) {
    await call.io.answer(preview, [...previewLines(preview), 'Nothing was written.']);
    return 0;
  }
  const merged = await merge(ctx, { ...named, reason: call.text('reason'), key: newId() });
  const last = `The two are one customer now; it can be undone until ${timeText(merged.undoableUntil)}.`;
  await call.io.answer(merged, [...previewLines(preview), last]);
  return 0;
}

function previewLines({ survivor, merged, after, keptMinor, currency }: MergePreview): string[] {
  const money = (minor: bigint) => (currency === null ? String(minor) : moneyText(minor, currency));
  return [
    `Orders: ${survivor.orders} and ${merged.orders}, together ${after.orders}.`,
    `Balance: ${money(survivor.balanceMinor)} and ${money(merged.balanceMinor)}, together ${money(after.balanceMinor)}.`,
    ...(keptMinor > 0n
      ? [`The orders together earn less than apart; ${money(keptMinor)} of it makes that good.`]
      : []),
  ];
}
