import { findNamed } from '../../circle/club/find-account.ts';
import { listWaivers } from '../../money/waivers/list-waivers.ts';
import { endWaiver, waiveMinimum } from '../../money/waivers/waive-minimum.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const waiversListed: Command = {
  arguments: [],
  options: {
    ended: { summary: 'Those that are over, newest first' },
    cursor: { summary: '`nextCursor` of the page before', value: 'CURSOR' },
  },
  about: 'Accounts that need not reach a minimum, until when, by whom and why; 50 a page.',
  examples: ['waivers list', 'waivers list --ended', 'waivers list --json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const state = call.isOn('ended') ? 'ended' : 'current';
        const page = await listWaivers(ctx, { state, cursor: call.text('cursor') });
        await call.io.answer(
          page,
          tableLines(
            page.items.map(({ id, account, until, endedAt, by, reason }) => [
              id,
              account ?? '',
              endedAt === null ? (until ?? 'until ended') : `ended ${endedAt.slice(0, 10)}`,
              by,
              reason,
            ]),
          ),
        );
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const waiverAdded: Command = {
  arguments: ['EMAIL'],
  options: {
    reason: { summary: 'Why; needed', value: 'REASON' },
    until: { summary: 'The last day of it; until it is ended unless given', value: 'DAY' },
    account: { summary: 'The account, where they have several', value: 'ID' },
  },
  about: 'Lets an account off the minimum of its orders and vouchers.',
  examples: ['waivers add ann@example.com --until 2026-12-31 --reason "Opens a second café"'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const named = await findNamed(ctx, { email: call.argument(0), accountId: call.text('account') });
        const waiver = await waiveMinimum(ctx, {
          account: named.accountId,
          until: call.text('until'),
          reason: call.text('reason') ?? '',
        });
        await call.io.answer(waiver, [waiver.id]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const waiverEnded: Command = {
  arguments: ['ID'],
  options: {},
  about: 'Ends a waiver before its time.',
  examples: ['waivers end 0198f3c2a4b87c1e9d5f6a7b8c9d0e1f'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const ended = await endWaiver(ctx, { id: call.argument(0) });
        await call.io.answer(ended, ['The minimum counts again.']);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};
