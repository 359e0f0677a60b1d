import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../support/process.ts';

/** A message is named whole, or by a template such as `role_${role}`. */
test('every message is said somewhere', () => {
  const files = execFileSync('git', ['ls-files', '*.ts', '*.astro'], { cwd: repository, encoding: 'utf8' })
    .split('\n')
    .filter((file) => /^(?:src|functions)\//.test(file));
  const code = files.map((file) => readFileSync(join(repository, file), 'utf8')).join('\n');
  const named = new Set(code.match(/\w+/g));
  const prefixes = [...code.matchAll(/`([a-z]\w*_)\$\{/g)].map(([, prefix = '']) => prefix);
  const folder = join(repository, 'languages/en/messages');
  const messages = readdirSync(folder)
    .flatMap((file) => Object.keys(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
    .filter((message) => message !== '$schema');
  const unsaid = messages.filter(
    (message) => !named.has(message) && !prefixes.some((prefix) => message.startsWith(prefix)),
  );
  expect(unsaid).toEqual([]);
});
