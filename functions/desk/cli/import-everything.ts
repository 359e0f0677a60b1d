import { createReadStream, existsSync } from 'node:fs';
import { importEverything as runImport } from '../archive/import-everything.ts';
import { checkInThreads } from '../verify/check-in-threads.ts';
import { verify } from '../verify/verify.ts';
import { CliError, type Command } from './command.ts';
import { readSettings, withContext } from './context.ts';
import { openProgress } from './progress.ts';

export const importEverything: Command = {
  arguments: ['FILE'],
  options: {},
  about:
    'Brings what export everything wrote into an empty portal of the same release: all of it, or nothing where a row is\n' +
    'wrong, which is told by file, line, column and rule. Then the books are verified. Exits with 1 when anything differs.',
  examples: ['import everything everything.tar.gz'],
  run: async (call) => {
    const { io } = call;
    const path = call.argument(0);
    if (!existsSync(path)) throw new CliError(`There is no file ${path}.`);
    const wanted = { house: await call.loadHouse(), usesSecret: true };
    const work = withContext(
      call.defaults,
      async (ctx) => {
        const reading = openProgress(io, 'rows');
        const onRows = (phase: 'read' | 'write', rows: number) =>
          reading.show(phase === 'read' ? 'Reading' : 'Writing', rows, null);
        const { tables, rows, files, filesMissing } = await runImport(ctx, piecesOf(path), onRows).finally(
          reading.end,
        );
        const { place } = readSettings();
        const verifying = openProgress(io, 'accounts');
        const { accounts, entries, differences } = await verify(ctx, {
          onProgress: (done) => verifying.show('Verifying', done, null),
          ...(place.kind === 'file' && {
            checkAll: (own, onProgress) => checkInThreads(own, place, onProgress),
          }),
        }).finally(verifying.end);
        await io.answer({ tables, rows, files, filesMissing, accounts, entries, differences }, [
          `${rows} rows of ${tables} tables and ${files} files`,
          ...(filesMissing > 0 ? [`${filesMissing} files that customers sent are not in the archive`] : []),
          `${accounts} accounts, ${entries} ledger entries: ${differences} differences`,
        ]);
        return differences === 0 ? 0 : 1;
      },
      wanted,
    );
    return work;
  },
};

async function* piecesOf(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of createReadStream(path)) yield new Uint8Array(piece);
}
