import { chunksOf } from '../archive/gzip.ts';
import { findCustomerNamed } from '../erasure/find-person.ts';
import { downloadDataOf } from '../privacy/download-own-data.ts';
import { CliError, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { exportOptions, send } from './export.ts';

/** `privacy export EMAIL`, all that is kept of one customer. */
export const privacyExport: Command = {
  arguments: ['EMAIL'],
  options: { output: exportOptions.output },
  about:
    'Writes all that is kept of one customer as a zip: a page to read, a file for each table with a line of JSON for each row,\n' +
    'and the files that they sent. What the business wrote for itself lies in team/, to be looked through before it is sent.\n' +
    'EMAIL is an address that they have or had, or their id. For who writes in instead of\n' +
    'downloading it themselves; it stands in the log.',
  examples: ['privacy export ann@example.com -o ann.zip'],
  run: async (call) => {
    if (call.text('output') === null) throw new UsageError('The file needs a name: -o FILE.');
    const named = call.argument(0);
    await withContext(
      call.defaults,
      async (ctx) => {
        const customerId = await findCustomerNamed(ctx, named);
        if (customerId === null) throw new CliError(`There is no customer ${named}.`);
        const language = ctx.defaults.languages[0];
        const { body } = await downloadDataOf(ctx, { customerId, language });
        return send(call, chunksOf(body));
      },
      { house: await call.loadHouse() },
    );
    return 0;
  },
};
