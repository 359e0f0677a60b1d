import { expect, test } from 'vitest';
import { statement } from '../../../../db/query.ts';
import { getImportRun } from '../../../../functions/reach/imports/runs/get-import-run.ts';
import { wordsIn } from '../../../../src/locale.ts';
import { failureWords } from '../../../../src/words/failures.ts';
import { openShopWithFiles } from './shop-with-files.ts';

const uk = wordsIn('uk');

test.each<[string, string, string, string]>([
  ['a PDF', '%PDF-1.7 of tea', 'The file is a PDF. Save it as "CSV UTF-8" and import that.', 'Це PDF.'],
  [
    'a header with broken quotes',
    '"a,b\nc,d\n',
    'The quotes in the header on line 1',
    'У заголовку в рядку 1',
  ],
])('%s is told in English and in the reader’s language', async (_, text, english, ukrainian) => {
  const { ctx, send, work } = await openShopWithFiles();
  const id = await send(text);
  await work();
  const run = await getImportRun(ctx, id);
  expect(run).toMatchObject({ state: 'failed', failure: expect.stringContaining(english) });
  expect(failureWords(uk, run)).toEqual({ text: expect.stringContaining(ukrainian) });
});

test('what an earlier release kept stays the English text it is', async () => {
  const { ctx, send } = await openShopWithFiles();
  const id = await send('x');
  await ctx.db.write([statement("UPDATE import_runs SET failure = 'The file is odd.' WHERE id = ?", id)]);
  const run = await getImportRun(ctx, id);
  expect(run.failure).toBe('The file is odd.');
  expect(failureWords(uk, run)).toEqual({ text: 'The file is odd.', lang: 'en' });
});
