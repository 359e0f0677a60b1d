import { toRehearsalAnswer } from '../../money/rehearsal/answer.ts';
import { readDraft } from '../../money/rehearsal/draft.ts';
import { type Rehearsal, rehearse } from '../../money/rehearsal/rehearse.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { dayOf, exportOptions } from './export.ts';
import { readJson } from './import-orders.ts';
import { openProgress } from './progress.ts';
import { moneyText, tableLines } from './text.ts';

export const rehearseProgramme: Command = {
  arguments: ['FILE'],
  options: { since: exportOptions.since },
  about:
    'Replays all orders under the programme of FILE and under the one in force, and writes nothing. A rule without\n' +
    'from, or with one after the last order, counts from --since or else from the first order.',
  examples: [
    'programme rehearse programme.json',
    'programme rehearse programme.json --since 2026-01-01 --json',
  ],
  run: async (call) =>
    withContext(call.defaults, async (ctx) => {
      const since = dayOf(call, 'since');
      const file = readDraft(await readJson(call.argument(0)));
      const progress = openProgress(call.io, 'orders');
      const rehearsal = await rehearse(ctx, file, {
        since,
        onProgress: (orders) => progress.show('Rehearsing', orders, null),
      }).finally(progress.end);
      const accountOf = (id: string) => rehearsal.names.get(id)?.account ?? id;
      await call.io.answer(toRehearsalAnswer(rehearsal, accountOf), lines(rehearsal, accountOf));
      return 0;
    }),
};

const NEARLY_SHOWN = 10;

function lines(rehearsal: Rehearsal, accountOf: (accountId: string) => string): string[] {
  const { currency, presentMinor, draftMinor, months, accounts, nearly, nearlyCount } = rehearsal;
  const money = (minor: bigint) => moneyText(minor, currency);
  const shown = nearly.slice(0, NEARLY_SHOWN);
  return [
    `${rehearsal.orders} orders, from ${rehearsal.since} until before ${rehearsal.until}`,
    `In force: ${money(presentMinor)}`,
    `Draft:    ${money(draftMinor)} (${draftMinor < presentMinor ? '' : '+'}${money(draftMinor - presentMinor)})`,
    ...tableLines([
      ['month', 'in force', 'draft'],
      ...months.map((one) => [one.month, money(one.presentMinor), money(one.draftMinor)]),
    ]),
    `Accounts: ${accounts.gain} gain, ${accounts.lose} lose, ${accounts.same} stay the same`,
    `Just below a target: ${nearlyCount}`,
    ...shown.map(
      ({ accountId, rule, missingMinor }) =>
        `  ${accountOf(accountId)}, ${rule}: ${money(missingMinor)} missing`,
    ),
  ];
}
