import { expect, test } from 'vitest';
import { archiveTools } from '../../../functions/desk/archive/archive-tools.ts';
import { importJob } from '../../../functions/reach/imports/on-workers/import-job.ts';
import { house } from '../../../functions/rooms.ts';
import { locales } from '../../../languages/built.ts';
import { wordsIn } from '../../../src/locale.ts';
import { jobWords } from '../../../src/words/console.ts';

test.each(locales)('every job says what it does: %s', (language) => {
  const t = wordsIn(language);
  for (const { name } of [...house.jobs, importJob(archiveTools)]) expect(jobWords(t, name)).not.toBe(name);
});
