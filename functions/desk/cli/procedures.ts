import { listProcedures } from '../../care/standards/procedures/list-procedures.ts';
import { setProcedure } from '../../care/standards/procedures/set-procedure.ts';
import { setProcedureInput } from '../../care/standards/schema.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { readJson } from './import-orders.ts';

export const proceduresListed: Command = {
  arguments: [],
  options: {},
  about: 'What is done about complaints, other feedback and contacts, step by step.',
  examples: ['procedures list', 'procedures list --json'],
  run: async ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const procedures = await listProcedures(ctx);
      const lines = procedures.flatMap(({ kind, channel, name, steps }) => [
        `${kind}${channel === null ? '' : `, ${channel}`}: ${name}`,
        ...steps.map(
          ({ what, who }, index) => `  ${index + 1}. ${what}${who === 'anyone' ? '' : ` (${who})`}`,
        ),
      ]);
      await io.answer(procedures, lines);
      return 0;
    }),
};

export const procedureSet: Command = {
  arguments: ['FILE'],
  options: {},
  about:
    'Sets what is done about one kind, from a JSON file: {"kind", "channel", "name", "steps": [{"what", "who", "proof"}]}.\n' +
    'Without steps there is no procedure any more.',
  examples: ['procedures set complaint.json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const set = await setProcedure(ctx, parseInput(setProcedureInput, await readJson(call.argument(0))));
        await call.io.answer(set, [`${set.steps} steps.`]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};
