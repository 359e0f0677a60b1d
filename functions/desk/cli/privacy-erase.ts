import { createInterface } from 'node:readline/promises';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { eraseCustomer } from '../erasure/erase-customer.ts';
import { findCustomerNamed } from '../erasure/find-person.ts';
import { type ErasurePreview, previewErasure } from '../erasure/preview-erasure.ts';
import { reapplyErasures } from '../erasure/reapply-erasures.ts';
import { wordsChoices } from '../erasure/terms.ts';
import { type Call, CliError, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { moneyText } from './text.ts';

export const erasePrivately: Command = {
  arguments: ['EMAIL'],
  options: {
    yes: { summary: 'Do not ask for the address to be typed' },
    words: { summary: 'What they told you: gone as well, or kept without their name', value: 'gone|kept' },
    'dry-run': { summary: 'Show what would be lost, write nothing' },
  },
  about:
    'Erases who a customer is from every table, file and index; orders and ledger stay as they are. It cannot be undone.\n' +
    'In companies and shared households only the person goes. They are told by a last mail. EMAIL may also be an id.',
  examples: ['privacy erase ann@example.com', 'privacy erase ann@example.com --words kept --yes'],
  run: async (call) => {
    const words = wordsChoices.find((one) => one === (call.text('words') ?? 'gone'));
    if (words === undefined) throw new UsageError(`--words is one of ${wordsChoices.join(', ')}.`);
    return withContext(call.defaults, (ctx) => run(ctx, call, words), { house: await call.loadHouse() });
  },
};

export const reapplyPrivately: Command = {
  arguments: [],
  options: {},
  about:
    'Erases again whoever was erased and came back with a backup that was put in place by other tools than `restore`, such as\n' +
    'those of a database server. The list it goes by lies beside the files that customers sent, and names nobody.',
  examples: ['privacy reapply'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const left: string[] = [];
        const erased = await reapplyErasures(ctx, (id) => left.push(id));
        await call.io.answer({ erased, notErased: left }, [`Erased again: ${erased} customers.`]);
        for (const line of leftLines(left)) call.io.warn(line);
        return left.length === 0 ? 0 : 1;
      },
      { house: await call.loadHouse() },
    ),
};

/** Of whoever came back and could not be erased again. */
export const leftLines = (ids: readonly string[]): string[] =>
  ids.map((id) => `Not erased again: customer ${id}. The log says why; mend that, then run privacy reapply.`);

async function run(ctx: Context, call: Call, words: (typeof wordsChoices)[number]): Promise<number> {
  const named = call.argument(0);
  const customerId = await findCustomerNamed(ctx, named);
  if (customerId === null) throw new AppError('not_found', `There is no customer ${named}.`);
  const preview = await previewErasure(ctx, { customerId });
  for (const line of linesOf(preview)) call.io.note(line);
  if (call.isOn('dry-run')) {
    await call.io.answer(preview, ['Nothing was written.']);
    return 0;
  }
  if (!call.isOn('yes')) await askFor(call, named);
  const erased = await eraseCustomer(ctx, { customerId, words });
  await call.io.answer(erased, [
    erased.isFinished
      ? 'Erased: nothing of who they were is left in the database or its files.'
      : 'Erased. The file is swept by the next run of the jobs, once nobody reads from it.',
  ]);
  return 0;
}

function linesOf({
  customerId,
  name,
  email,
  key,
  orders,
  availableMinor,
  currency,
  openVouchers,
  sharedAccounts,
}: ErasurePreview): string[] {
  return [
    `Customer ${customerId}: ${[name, email, key].filter((text) => text !== null).join(', ') || 'without a name'}.`,
    `${orders} orders stay in the books without a name.`,
    ...(currency !== null && availableMinor > 0n
      ? [`Lost to them: credit of ${moneyText(availableMinor, currency)}.`]
      : []),
    ...(openVouchers > 0 ? [`Lost to them: ${openVouchers} unused vouchers.`] : []),
    ...(sharedAccounts > 0 ? [`They leave ${sharedAccounts} companies or households, which stay.`] : []),
  ];
}

/** Lets nothing happen until the address was typed. @throws {CliError} when it was not, or nobody can type */
async function askFor({ io }: Call, named: string): Promise<void> {
  if (!process.stdin.isTTY) throw new CliError('Nobody is there to type the address: give --yes.');
  io.warn('This cannot be undone.');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await lines.question(`Type ${named} to erase them: `).finally(() => lines.close());
  if (typed.trim().toLowerCase() !== named.trim().toLowerCase())
    throw new CliError('That is another address. Nothing was written.');
}
