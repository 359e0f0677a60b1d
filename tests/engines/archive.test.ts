import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runRegulars } from '../support/cli.ts';
import { portalSettings } from '../support/server.ts';
import { noSqld, startSqld } from '../support/sqld.ts';

test.skipIf(noSqld !== null)(
  'a whole business goes from a file to a database server and is the same there',
  { timeout: 600_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'regulars-archive-'));
    const server = await startSqld();
    const [there, back] = [join(folder, 'there.tar.gz'), join(folder, 'back.tar.gz')];
    const run = async (url: string, ...words: string[]) => {
      const { code, stdout, stderr } = await runRegulars(portalSettings(url, 'http://127.0.0.1:9'), ...words);
      expect([words, code], stderr).toEqual([words, 0]);
      return stdout;
    };
    try {
      const own = `file:${join(folder, 'own.db')}`;
      await run(own, 'demo');
      await run(own, 'export', 'everything', '-o', there);
      await run(server.url, 'migrate');
      const told = await run(server.url, 'import', 'everything', there, '--json');
      expect(JSON.parse(told)).toMatchObject({ differences: 0, accounts: expect.any(Number) });
      await run(server.url, 'export', 'everything', '-o', back);
      expect(Buffer.compare(readFileSync(back), readFileSync(there))).toBe(0);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
