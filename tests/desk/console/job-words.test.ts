import { expect, test } from 'vitest';
import { importJob } from '../../../functions/reach/imports/on-workers/import-job.ts';
import { house } from '../../../functions/rooms.ts';
import { catalogues } from '../../../src/paraglide/catalogues.ts';
import { jobWords } from '../../../src/words/console.ts';

test.each(Object.entries(catalogues))('every job says what it does: %s', (_language, t) => {
  for (const { name } of [...house.jobs, importJob]) expect(jobWords(t, name)).not.toBe(name);
});
