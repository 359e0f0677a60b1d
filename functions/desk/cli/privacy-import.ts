import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { importOwnData } from '../privacy/import-own-data.ts';
import { CliError, type Command } from './command.ts';
import { withContext } from './context.ts';

/** `privacy import FILE`, what a customer took home elsewhere. */
export const privacyImport: Command = {
  arguments: ['FILE'],
  options: {},
  about:
    'Takes in the zip that a customer downloaded from another portal, or privacy export wrote: who they are, their orders with\n' +
    'events and refunds, and what they told. Balance and vouchers are of the other portal; rewards follow from the programme here.\n' +
    'What is here already stays as it is, so that it can be done again.',
  examples: ['privacy import my-data.zip'],
  run: async (call) => {
    const path = call.argument(0);
    if (!existsSync(path)) throw new CliError(`There is no file ${path}.`);
    return withContext(
      call.defaults,
      async (ctx) => {
        const done = await importOwnData(ctx, await readFile(path));
        const { created, unchanged } = done.orders;
        const { answers, errors } = done.feedback;
        await call.io.answer(done, [
          `Customer ${done.customerId}`,
          `Orders: ${created} created, ${unchanged} unchanged`,
          `Told: ${answers.created} created, ${answers.unchanged} unchanged, ${answers.rejected} rejected`,
        ]);
        for (const { id, reason } of errors) call.io.warn(`${id}: ${reason}`);
        return answers.rejected === 0 ? 0 : 1;
      },
      { house: await call.loadHouse() },
    );
  },
};
